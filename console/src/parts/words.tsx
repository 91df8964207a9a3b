/** Words that never change: the page has them, so that they cost no script. */

export function Words({ of: id }: { of: string }) {
  const words = document.querySelector<HTMLTemplateElement>(`#words-${id}`)!
  return (
    <span class="words" ref={(place) => place?.replaceChildren(words.content.cloneNode(true))} />
  )
}
