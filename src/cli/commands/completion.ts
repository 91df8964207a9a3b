/** `completion`: the script that makes a shell complete what is typed. */
import { basename } from 'node:path'
import { OciProfilesError } from '../../errors.ts'
import type { Answer, Request } from '../command.ts'
import { COMPLETION_SCRIPTS, isShell, SHELLS } from '../completion-scripts/index.ts'

export async function completion({ names: [shell], io }: Request): Promise<Answer> {
  if (shell !== undefined && isShell(shell)) return { output: COMPLETION_SCRIPTS[shell] }
  const fact = shell === undefined ? 'no shell' : `no script for the shell "${shell}"`
  throw new OciProfilesError('USAGE', fact, { fix: remedy(basename(io.env['SHELL'] ?? '')) })
}

function remedy(own: string): string {
  if (!isShell(own)) return `Name one of ${SHELLS.join(', ')}: oci-profiles completion bash.`
  const others = SHELLS.filter((each) => each !== own).join(' and ')
  return `Yours is ${own}: oci-profiles completion ${own}. There are scripts for ${others}, too.`
}
