/** Fenced blocks of a Markdown page, and the page with other text in them. Pure. */

export interface FencedBlock {
  /** First word behind the fence: `console`, `ini`; empty where there is none. */
  language: string
  /** Without its last line end. */
  text: string
  /** Where the text stands in the page. */
  start: number
  end: number
}

const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm

export function fencedBlocks(page: string): FencedBlock[] {
  return [...page.matchAll(FENCE)].map((match) => {
    const [whole, language = '', text = ''] = match
    const start = match.index + whole.indexOf('\n') + 1
    return { language, text: text.replace(/\n$/, ''), start, end: start + text.length }
  })
}

export interface NewText {
  block: Pick<FencedBlock, 'start' | 'end'>
  text: string
}

export function withNewTexts(page: string, changes: readonly NewText[]): string {
  let changed = page
  for (const { block, text } of changes.toSorted((a, b) => b.block.start - a.block.start)) {
    const lines = text === '' ? '' : `${text}\n`
    changed = changed.slice(0, block.start) + lines + changed.slice(block.end)
  }
  return changed
}
