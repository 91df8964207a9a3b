/** Takes the focus to an element as soon as it is drawn: what had it is about to go. */
export function focusOn(selector: string): void {
  setTimeout(() => document.querySelector<HTMLElement>(selector)?.focus())
}
