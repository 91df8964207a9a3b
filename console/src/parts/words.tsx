/** Words that never change: the page has them, so that they cost no script. */

export function Words({ of: id }: { of: string }) {
  const words = contentOf(id)
  return <span class="words" ref={(place) => place?.replaceChildren(words.cloneNode(true))} />
}

/** Words as text. */
export function wordsOf(id: string): string {
  return contentOf(id).textContent
}

function contentOf(id: string): DocumentFragment {
  return document.querySelector<HTMLTemplateElement>(`#words-${id}`)!.content
}
