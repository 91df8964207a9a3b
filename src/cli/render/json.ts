/** Data → one JSON document. */

// What JSON.stringify lets through and a terminal may obey; as \u escapes it is the same JSON.
const HARMFUL = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

export function renderJson(data: unknown): string {
  const text = JSON.stringify(data, null, 2)
  return `${text.replace(HARMFUL, escapeCharacter)}\n`
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
