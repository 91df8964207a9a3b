/** Text → clipboard, also where the page came over plain HTTP from another machine and has no clipboard of its own. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'unseen'
  // Inside an open dialog, because all else cannot be selected then.
  const place = document.querySelector('dialog[open]') ?? document.body
  place.append(area)
  area.select()
  // Deprecated, and all that there is without a secure context.
  const isCopied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}
