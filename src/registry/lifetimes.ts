/** How long the work for a profile is worth going on: until the profile is removed or replaced. */

export class Lifetimes {
  readonly #controllers = new Map<string, AbortController>()

  /** Aborted when the profile of that key comes to its end. */
  signal(key: string): AbortSignal {
    let controller = this.#controllers.get(key)
    if (!controller) this.#controllers.set(key, (controller = new AbortController()))
    return controller.signal
  }

  end(key: string): void {
    this.#controllers.get(key)?.abort()
    this.#controllers.delete(key)
  }
}
