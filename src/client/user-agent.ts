/** A profile's `additional_user_agent` → what may go into a header: visible ASCII on one line. Pure. */

const MAX_CHARACTERS = 256

export function userAgentSuffix(text: string): string {
  return text
    .replaceAll(/[^\x20-\x7E]+/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, MAX_CHARACTERS)
}
