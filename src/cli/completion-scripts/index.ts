/** The scripts that `completion` prints, one for each shell. They ask this program what may stand at the cursor. */
import { BASH_SCRIPT } from './bash.ts'
import { FISH_SCRIPT } from './fish.ts'
import type { Shell } from './shells.ts'
import { ZSH_SCRIPT } from './zsh.ts'

export { isShell, SHELLS, type Shell } from './shells.ts'

export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: BASH_SCRIPT,
  zsh: ZSH_SCRIPT,
  fish: FISH_SCRIPT,
}
