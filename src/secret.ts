/** A value that must not be seen by accident: text, JSON and inspect give a mask, `reveal()` is the only way in. */

const MASK = '********'
const inspectKey = Symbol.for('nodejs.util.inspect.custom')

export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. Every call is a place where a secret may leak: keep them few and easy to grep. */
  reveal(): string {
    return this.#value
  }

  /** True for the same value, without showing it. */
  equals(other: Secret | null): boolean {
    return other !== null && other.#value === this.#value
  }

  toString(): string {
    return MASK
  }

  toJSON(): string {
    return MASK
  }

  [Symbol.toPrimitive](): string {
    return MASK
  }

  get [Symbol.toStringTag](): string {
    return 'Secret'
  }

  [inspectKey](): string {
    return `Secret(${MASK})`
  }
}

/** Wraps a plain value; a value that is wrapped already stays as it is, an absent or empty one is `null`. */
export function toSecret(value: Secret | string | null | undefined): Secret | null {
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'string' ? new Secret(value) : value
}
