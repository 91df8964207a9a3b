/** `exec` without `--`, or with nothing behind it. */
import { OciProfilesError } from '../errors.ts'
import { shellWord } from '../schemas/index.ts'

/** Shows how the line should have been written. */
export function missingCommand(own: readonly string[], taker: string): OciProfilesError {
  const words = own.slice(own.indexOf(taker) + 1)
  const [name = 'NAME', ...command] = words.some((word) => word.startsWith('--')) ? [] : words
  const meant = [name, '--', ...(command.length > 0 ? command : ['COMMAND'])].map(shellWord)
  const fix = `Put the command behind "--": oci-profiles ${taker} ${meant.join(' ')}`
  return new OciProfilesError('USAGE', 'no command to run', { fix })
}
