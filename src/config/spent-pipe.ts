/** A config file that cannot be read again. */
import { stat } from 'node:fs/promises'
import { OciProfilesError } from '../errors.ts'
import { escapeControls } from './file-finding.ts'

/** What came through a pipe, as from `<(command)`, came once. Rejects with CONFIG_FILE_UNREADABLE. */
export async function refuseSpentPipe(file: string): Promise<void> {
  const facts = await stat(file).catch(() => null)
  if (!facts?.isFIFO() && !facts?.isSocket()) return
  throw new OciProfilesError(
    'CONFIG_FILE_UNREADABLE',
    `${escapeControls(file)} is a pipe, which gives its text only once`,
    { field: 'config_file', fix: 'Name an ordinary file to have changes read, or restart.' },
  )
}
