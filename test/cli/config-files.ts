/** Config files for tests, in folders that go with the test. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { testOcid } from '../fixtures/identities.ts'
import { makeFolder } from './program.ts'

/** A section that reads well; whether it works is not the point. */
export function section(name: string, fields: Record<string, string> = {}): string {
  const all = {
    user: testOcid('user', name),
    tenancy: testOcid('tenancy', 'test'),
    region: 'eu-frankfurt-1',
    fingerprint: '20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34',
    key_file: '/nonexistent/key.pem',
    ...fields,
  }
  const lines = Object.entries(all).map(([key, value]) => `${key}=${value}\n`)
  return `[${name}]\n${lines.join('')}`
}

/** Answers the path of a file with that text. */
export function writeConfig(text: string): string {
  const file = join(makeFolder(), 'config')
  writeFileSync(file, text)
  return file
}
