/** Text made to fit a number of columns. What is left out is what helps least to tell one value from another. */
import { characterWidth, charactersOf, textWidth } from './width.ts'

export type Cut = (text: string, width: number) => string

/** So much of an OCID's end tells it from any other of the same file. */
const TELLING_END = 6

/** Beginning and end around an ellipsis. */
export const cutMiddle: Cut = (text, width) => {
  if (textWidth(text) <= width) return text
  const start = takeStart(text, Math.ceil((width - 1) / 2))
  return `${start}…${takeEnd(text, Math.floor((width - 1) / 2))}`
}

/** The end of a path, from the beginning of a name where one is left: `…/keys/prod.pem`. */
export const cutPath: Cut = (text, width) => {
  if (textWidth(text) <= width) return text
  const end = takeEnd(text, width - 1)
  const name = end.indexOf('/')
  return `…${name === -1 ? end : end.slice(name)}`
}

/** Kind and realm, which are the same for many, only where there is room for them: `ocid1.user.oc1..…x7qa5f`. */
export const cutOcid: Cut = (text, width) => {
  if (textWidth(text) <= width) return text
  const [prefix] = /^ocid1\.(?:[^.]*\.){3}/.exec(text) ?? []
  if (prefix === undefined) return cutMiddle(text, width)
  const room = width - prefix.length - 1
  return room < TELLING_END ? `…${takeEnd(text, width - 1)}` : `${prefix}…${takeEnd(text, room)}`
}

function takeStart(text: string, width: number): string {
  return takeCharacters(charactersOf(text), width).join('')
}

function takeEnd(text: string, width: number): string {
  return takeCharacters(charactersOf(text).toReversed(), width).toReversed().join('')
}

/** As many of the first characters as fit. */
function takeCharacters(characters: readonly string[], width: number): string[] {
  let left = width
  const end = characters.findIndex((character) => (left -= characterWidth(character)) < 0)
  return end === -1 ? [...characters] : characters.slice(0, end)
}
