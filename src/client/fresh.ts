/**
 * A value made from files, made again when they change. They are looked at once per second at most, and one look serves
 * all who wait for it. While they are being replaced the old value goes on for a few seconds, if it is still good.
 */
import { setTimeout as pause } from 'node:timers/promises'

const LOOK_EVERY_MS = 1000
const KEEP_OLD_MS = 5000
/** How long to wait, again and again, for files that do not fit together yet. */
const PATIENCE_MS = [20, 60, 120]

export interface FreshSource<T> {
  /** Changes when the value must be made again. */
  stamp: () => Promise<string>
  load: () => Promise<T>
  /** Whether an old value may bridge the time until the new files can be used. */
  isUsable?: (value: T) => boolean
  /** Whether this fault of `load` may be that of files caught half-way. */
  mayPass?: (error: unknown) => boolean
}

interface Held<T> {
  value: T
  stamp: string
}

export class Fresh<T> {
  readonly #source: FreshSource<T>
  #held: Held<T> | null = null
  #lookedAt = 0
  #failingSince: number | null = null
  #looking: Promise<T> | null = null

  constructor(source: FreshSource<T>) {
    this.#source = source
  }

  /** The value as of at most a second ago. Rejects with what `load` rejects with. */
  current(): T | Promise<T> {
    if (this.#held && performance.now() - this.#lookedAt < LOOK_EVERY_MS) return this.#held.value
    return this.#look((held) => (held ? this.#bridge(held) : this.#loadPatiently()))
  }

  /** The value as of now: no old one bridges a fault. */
  async refresh(): Promise<T> {
    await this.#looking?.catch(() => {})
    return this.#look(() => this.#loadPatiently())
  }

  #look(load: (held: Held<T> | null) => Promise<Held<T>>): Promise<T> {
    this.#looking ??= this.#renew(load).finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  async #renew(load: (held: Held<T> | null) => Promise<Held<T>>): Promise<T> {
    this.#lookedAt = performance.now()
    const stamp = await this.#source.stamp()
    if (this.#held?.stamp !== stamp) this.#held = await load(this.#held)
    else this.#failingSince = null
    return this.#held.value
  }

  /** The new value, or the old one for a while, then the fault. */
  async #bridge(held: Held<T>): Promise<Held<T>> {
    try {
      return await this.#load()
    } catch (error) {
      this.#failingSince ??= performance.now()
      const isOver = performance.now() - this.#failingSince > KEEP_OLD_MS
      if (isOver || this.#source.isUsable?.(held.value) === false) {
        this.#held = null
        throw error
      }
      return held
    }
  }

  async #loadPatiently(): Promise<Held<T>> {
    for (const ms of PATIENCE_MS) {
      try {
        return await this.#load()
      } catch (error) {
        if (!this.#source.mayPass?.(error)) throw error
        await pause(ms)
      }
    }
    return this.#load()
  }

  /** Files that change while they are read are read again, so that what was read together belongs together. */
  async #load(): Promise<Held<T>> {
    let stamp = await this.#source.stamp()
    let value = await this.#source.load()
    for (let again = 0; again < 3; again += 1) {
      const after = await this.#source.stamp()
      if (after === stamp) break
      stamp = after
      value = await this.#source.load()
    }
    this.#failingSince = null
    return { value, stamp }
  }
}
