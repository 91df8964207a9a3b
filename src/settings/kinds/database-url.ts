/** Where the CORE database is. Held as a secret, because a server's URL carries a password. */
import { isAbsolute } from 'node:path'
import { Secret } from '../../secret.ts'
import type { Reading, SettingKind } from '../setting.ts'
import { POSTGRES_EXPECTED, readPostgresUrl, showPostgresUrl } from './postgres-url.ts'

const EXPECTED = `sqlite:/absolute/path/to/file or ${POSTGRES_EXPECTED}`

export function databaseUrlKind(): SettingKind<Secret> {
  const readText = (text: string): Reading<Secret> => {
    if (sqlitePath(text) !== null) return { value: new Secret(text) }
    const reading = readPostgresUrl(text)
    if ('value' in reading) return { value: new Secret(text) }
    return { fault: `${reading.fault}, expected ${EXPECTED}` }
  }
  const readJson = (raw: unknown) => readText(typeof raw === 'string' ? raw : '')
  return { expected: EXPECTED, readText, readJson }
}

/** The file that a database URL names, or `null` for any other URL. `sqlite:///path` is read as `sqlite:/path`. */
export function sqlitePath(url: string): string | null {
  const path = /^sqlite:(?:\/\/(?=\/))?([^\0\r\n]+)$/.exec(url)?.[1]
  const isFile = path !== undefined && isAbsolute(path) && !/[\\/]$/.test(path)
  return isFile ? path : null
}

/** The location of a file holds no secret and is worth reading; of a server's URL the password is masked. */
export function showDatabaseUrl(url: Secret): string {
  const text = url.reveal()
  if (sqlitePath(text) !== null) return text
  return showPostgresUrl(text) ?? url.toString()
}
