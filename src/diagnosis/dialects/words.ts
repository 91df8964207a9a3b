/** Differences in the words of a person: what the tool does, after its name, and what to do about it. */
import type { DifferenceKind } from './difference.ts'
import { IDENTITY_WORDS } from './identity-words.ts'
import { REFUSAL_WORDS } from './refusal-words.ts'
import type { Words } from './told.ts'
import { VALUE_WORDS } from './value-words.ts'

const WORDS: Record<DifferenceKind, Words> = {
  ...REFUSAL_WORDS,
  ...VALUE_WORDS,
  ...IDENTITY_WORDS,
}

export function wordsOf(kind: DifferenceKind): Words {
  return WORDS[kind]
}
