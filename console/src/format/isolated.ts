/** A name in the middle of a sentence: whichever way it runs, the sentence goes on its own. Pure. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}
