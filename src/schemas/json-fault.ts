/** Where a text stops being JSON. JSON.parse says it only sometimes, and quotes the text, which may hold a secret. */

export interface TextPosition {
  /** 1-based. */
  line: number
  /** 1-based, in UTF-16 units. */
  column: number
}

/** The place of the first fault, or `null` for a text that is JSON. Nesting beyond `MAX_DEPTH` counts as a fault. */
export function findJsonFault(text: string): TextPosition | null {
  const walker = new JsonWalker(text)
  return walker.isWhole() ? null : positionAt(text, walker.at)
}

const MAX_DEPTH = 500

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const SPACE = /[ \t\n\r]*/y

/** Every method reads on and says whether it found what it looks for; where it did not, `at` is the place. */
class JsonWalker {
  at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  isWhole(): boolean {
    return this.#value(0) && this.#skip(SPACE) && this.at === this.#text.length
  }

  #value(depth: number): boolean {
    if (depth > MAX_DEPTH) return false
    if (this.#mark('{')) return this.#items('}', () => this.#key() && this.#value(depth + 1))
    if (this.#mark('[')) return this.#items(']', () => this.#value(depth + 1))
    return this.#skip(STRING) || this.#skip(NUMBER_OR_WORD)
  }

  #key(): boolean {
    this.#skip(SPACE)
    return this.#skip(STRING) && this.#mark(':')
  }

  /** What stands between an opening mark, which was read, and the closing one. */
  #items(closing: string, item: () => boolean): boolean {
    if (this.#mark(closing)) return true
    do {
      if (!item()) return false
    } while (this.#mark(','))
    return this.#mark(closing)
  }

  #mark(mark: string): boolean {
    this.#skip(SPACE)
    if (this.#text[this.at] !== mark) return false
    this.at += 1
    return true
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    if (!pattern.test(this.#text)) return false
    this.at = pattern.lastIndex
    return true
  }
}

function positionAt(text: string, offset: number): TextPosition {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
