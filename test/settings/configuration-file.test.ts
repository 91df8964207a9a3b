import fc from 'fast-check'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { OciProfilesError } from '../../src/errors.ts'
import { loadOn } from './load.ts'
import { recordingLogger } from './recording-logger.ts'
import { tempFolder } from './temp-folder.ts'

const KEY = 'a-secret-key-in-the-file'

test('a default file that is not there is no fault', async () => {
  expect((await loadOn({})).origin('port').source).toBe('default')
})

test.each(['other.json', 'missing/other.json'])('a named file must be there: %s', async (name) => {
  const folder = await tempFolder()
  const env = { OCI_PROFILES_CONFIGURATION_FILE: name }
  await expect(loadOn({ env }, folder)).rejects.toMatchObject({
    code: 'CONFIGURATION_FILE_INVALID',
    message: `${join(folder, name)} does not exist`,
  })
})

test('a named file is read in place of the default one', async () => {
  const folder = await tempFolder()
  await writeFile(join(folder, 'other.json'), '\uFEFF{"port": 9300}')
  const env = { OCI_PROFILES_CONFIGURATION_FILE: 'other.json' }
  const settings = await loadOn({ env, file: { port: 1 } }, folder)
  expect(settings.get('port')).toBe(9300)
  expect(settings.origin('port').detail).toBe(join(folder, 'other.json'))
})

const BROKEN: [string, string, string][] = [
  ['nothing', '', 'line 1, column 1'],
  ['a bare word', `{"api_key": ${KEY}}`, 'line 1, column 13'],
  ['a missing comma', `{\n  "api_key": "${KEY}"\n  "port": 1\n}`, 'line 3, column 3'],
  ['a comma too many', `{\r\n  "api_key": "${KEY}",\r\n}`, 'line 3, column 1'],
  ['no end', `{"api_key": "${KEY}"`, `line 1, column ${14 + KEY.length + 1}`],
  ['an open string', `{"port": 1,\n "api_key": "${KEY}`, 'line 2, column 13'],
  ['a comment', `{\n // ${KEY}\n}`, 'line 2, column 2'],
  ['single quotes', `{'api_key': '${KEY}'}`, 'line 1, column 2'],
  ['a second value', `{"api_key": "${KEY}"} {}`, `line 1, column ${14 + KEY.length + 3}`],
  ['a leading zero', `{"port": 080, "api_key": "${KEY}"}`, 'line 1, column 11'],
  ['a line break in a string', `{"api_key": "${KEY}\n"}`, 'line 1, column 13'],
]

test.each(BROKEN)(
  '%s in the file is told with its place, not its text',
  async (_what, text, place) => {
    const folder = await tempFolder()
    const error = await faultOf({ file: text }, folder)
    expect(error.code).toBe('CONFIGURATION_FILE_INVALID')
    expect(error.message).toBe(`${join(folder, 'configuration.json')} is not JSON: ${place}`)
    expect(everythingIn(error)).not.toContain(KEY)
  },
)

test.each(['[]', '"text"', 'null', '8000', `["${KEY}"]`])('%s is no object', async (text) => {
  const error = await faultOf({ file: text })
  expect(error.message).toMatch(/configuration\.json is not a JSON object$/)
  expect(everythingIn(error)).not.toContain(KEY)
})

test('bytes that are not UTF-8 are a fault', async () => {
  const folder = await tempFolder()
  await writeFile(join(folder, 'configuration.json'), Buffer.from('{"host":"\xff"}', 'latin1'))
  await expect(loadOn({}, folder)).rejects.toMatchObject({
    code: 'CONFIGURATION_FILE_INVALID',
    message: expect.stringContaining('is not UTF-8 text'),
  })
})

test('a file too large for settings is not read', async () => {
  const error = await faultOf({ file: ' '.repeat(1_048_577) })
  expect(error.message).toContain('is larger than 1048576 bytes')
})

test('a folder in place of the file is a fault', async () => {
  const error = await faultOf({ env: { OCI_PROFILES_CONFIGURATION_FILE: tmpdir() } })
  expect(error.message).toBe(`${tmpdir()} is a folder`)
})

test.each([
  ['prot', 'did you mean "port"?'],
  ['log-level', 'did you mean "log_level"?'],
  ['something_else', 'known are host, port,'],
  ['__proto__', 'known are host, port,'],
  ['constructor', 'known are host, port,'],
  ['OCI_PROFILE_CONFIGS', 'known are host, port,'],
])('the unknown name %s is refused, with the nearest real one', async (name, hint) => {
  const error = await faultOf({ file: `{"${name}": "${KEY}"}` })
  expect(error).toMatchObject({ code: 'CONFIGURATION_FILE_INVALID', field: name })
  expect(error.message).toContain(`"${name}" in `)
  expect(error.message).toContain(hint)
  expect(everythingIn(error)).not.toContain(KEY)
})

test('the file cannot name itself', async () => {
  const error = await faultOf({ file: { configuration_file: 'other.json' } })
  expect(error.message).toContain('the file cannot name itself')
})

test('names and values that are wrong are told together', async () => {
  const error = await faultOf({ file: { prot: 1, port: 'x', log_level: 'loud', host: '::1' } })
  expect(error.errors.map((fault) => fault.pointer)).toEqual(['/prot', '/port', '/log_level'])
})

test('a secret of the wrong shape is not shown', async () => {
  const error = await faultOf({ file: { api_key: `${KEY} with spaces`, database_url: { KEY } } })
  expect(error.errors).toHaveLength(2)
  expect(everythingIn(error)).not.toContain(KEY)
})

test.each([
  ['a list', [{ auth_profile: 'DEFAULT', pass_phrase: KEY }]],
  ['null', null],
  ['text', KEY],
])('oci_profile_configs is left out with a warning: %s', async (_what, profiles) => {
  const logger = recordingLogger()
  const settings = await loadOn({ file: { oci_profile_configs: profiles, port: 9400 }, logger })
  expect(settings.get('port')).toBe(9400)
  expect(JSON.stringify(settings.entries())).not.toContain('oci_profile_configs')
  expect(logger.lines).toHaveLength(1)
  expect(logger.lines[0]).toContain('OCI_PROFILE_CONFIGS_IGNORED')
  expect(logger.lines[0]).not.toContain(KEY)
})

const piece = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"', '"a"', '"port"', '\\', '\\u00e9', '\n', ' ', '\t', '-'],
  ...['0', '1', '.5', 'e9', 'true', 'null', 'nul', 'é', '\u0001', '//', '{"a":[', ']}', '1.'],
)
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.tuple(fc.json(), fc.nat(), piece).map(([json, at, extra]) => {
    const cut = at % (json.length + 1)
    return json.slice(0, cut) + extra + json.slice(cut)
  }),
  fc.json(),
)

test('whatever stands in the file, a place is told exactly where JSON.parse gives up too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oci-profiles-'))
  try {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const error: unknown = await loadOn({ file: text }, folder).catch((fault: unknown) => fault)
        const message = error instanceof Error ? error.message : ''
        expect(/is not JSON: line \d+, column \d+$/.test(message)).toBe(!isJson(text))
      }),
      { numRuns: 400 },
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('nesting without end is refused like any other fault', async () => {
  const error = await faultOf({ file: '['.repeat(100_000) })
  expect(error.message).toMatch(/is not JSON: line 1, column \d+$/)
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function everythingIn(error: OciProfilesError): string {
  const { message, fix, errors, stack, cause } = error
  return JSON.stringify([message, fix, errors, stack, String(cause)])
}

async function faultOf(
  machine: Parameters<typeof loadOn>[0],
  folder?: string,
): Promise<OciProfilesError> {
  const error: unknown = await loadOn(machine, folder).catch((fault: unknown) => fault)
  if (!(error instanceof OciProfilesError)) throw new Error('the settings were accepted')
  return error
}
