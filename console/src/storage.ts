/** What the browser keeps for this page; nothing, where somebody has forbidden it to. */

type Kind = 'localStorage' | 'sessionStorage'

export function readStored(kind: Kind, name: string): string | null {
  try {
    return globalThis[kind].getItem(name)
  } catch {
    return null
  }
}

/** `null` removes. */
export function writeStored(kind: Kind, name: string, value: string | null): void {
  try {
    if (value === null) globalThis[kind].removeItem(name)
    else globalThis[kind].setItem(name, value)
  } catch {
    // It lasts as long as the page, then.
  }
}
