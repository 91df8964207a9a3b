/** Settings that are text in every layer, each with its own rule. */
import { notExpected, type SettingKind } from '../setting.ts'

/** `accept` returns the value as it is kept, or `undefined` where the text is not one. */
export function textKind<T>(
  expected: string,
  accept: (text: string) => T | undefined,
): SettingKind<T> {
  const readText = (text: string) => {
    const value = accept(text)
    return value === undefined ? notExpected(text, expected) : { value }
  }
  const readJson = (raw: unknown) =>
    typeof raw === 'string' ? readText(raw) : notExpected(raw, expected)
  return { expected, readText, readJson }
}

export function oneOf<T extends string>(words: readonly T[]): SettingKind<T> {
  const expected = `one of ${words.join(', ')}`
  return textKind(expected, (text) => words.find((word) => word === text.toLowerCase()))
}

/** A path, or a name that this package does not judge: any text of one line. */
export function lineKind(expected: string): SettingKind<string> {
  const isLine = (text: string) => /^[^\0\r\n]{1,4096}$/.test(text) && text.trim() !== ''
  return textKind(expected, (text) => (isLine(text) ? text : undefined))
}
