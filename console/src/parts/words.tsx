/** Words that never change: the page has them, so that they cost no script. */

export function Words({ of: id }: { of: string }) {
  const words = contentOf(id)!
  return <span class="words" ref={(place) => place?.replaceChildren(words.cloneNode(true))} />
}

/** Words as text; empty where the page has none. */
export function wordsOf(id: string): string {
  return contentOf(id)?.textContent.trim() ?? ''
}

function contentOf(id: string): DocumentFragment | undefined {
  return document.querySelector<HTMLTemplateElement>(`#words-${id}`)?.content
}
