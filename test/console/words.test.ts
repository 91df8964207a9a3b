import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { remedyOf } from '../../console/src/format/remedy.ts'
import { durationText, localTime, timeAgo, timeLeft } from '../../console/src/format/time.ts'
import { createFrameReader } from '../../console/src/service/frames.ts'
import { get, openSandbox } from '../lifecycle/sandbox.ts'

const S = 1_000
const MIN = 60 * S
const H = 60 * MIN

describe('what can be copied of a fix, and what it proposes', () => {
  test.each([
    [
      'If this is the key that was uploaded to OCI, write fingerprint = 20:3b:97; else name the key that the fingerprint belongs to.',
      { text: 'fingerprint = 20:3b:97', proposal: { field: 'fingerprint', value: '20:3b:97' } },
    ],
    [
      'Write key_file = /home/ada/my keys/api.pem',
      { proposal: { field: 'key_file', value: '/home/ada/my keys/api.pem' } },
    ],
    ['Write region = eu-frankfurt-1.', { proposal: { field: 'region', value: 'eu-frankfurt-1' } }],
    [
      "Add fingerprint = aa:bb to section [A] of ~/.oci/config: that of the profile's key.",
      { proposal: { field: 'fingerprint', value: 'aa:bb' } },
    ],
    [
      "Write fingerprint = aa:bb, which is that of the profile's key.",
      { proposal: { field: 'fingerprint', value: 'aa:bb' } },
    ],
    [
      'Write tenancy = ocid1.t into section [A]: it is the same user, who is of that tenancy.',
      { text: 'tenancy = ocid1.t', proposal: { field: 'tenancy', value: 'ocid1.t' } },
    ],
    [
      "Write user = ocid1.u and tenancy = ocid1.t if the key is that user's; else upload it for this user too, or name another key.",
      { proposal: { field: 'user', value: 'ocid1.u' } },
    ],
    [
      "Write user = ocid1.u if the key is that user's; else upload it for this user too, or name another key.",
      { proposal: { field: 'user', value: 'ocid1.u' } },
    ],
    [
      "Write fingerprint = aa:bb on line 7 of ~/.oci/config: that of the profile's key.",
      { proposal: { field: 'fingerprint', value: 'aa:bb' } },
    ],
    [
      "Write user = ocid1.user.oc1..aaaa if the key is that user's; else upload the key.",
      { proposal: { field: 'user', value: 'ocid1.user.oc1..aaaa' } },
    ],
    [
      'Write key_file = /home/ada/my keys/api.pem if that is the key.',
      { proposal: { field: 'key_file', value: '/home/ada/my keys/api.pem' } },
    ],
    [
      'Write region = eu-frankfurt-1 or leave it out.',
      { proposal: { field: 'region', value: 'eu-frankfurt-1' } },
    ],
    [
      'Run: oci session authenticate --profile-name "A B" --region eu-frankfurt-1',
      {
        what: 'command',
        text: 'oci session authenticate --profile-name "A B" --region eu-frankfurt-1',
        proposal: null,
      },
    ],
    [
      'Set the clock of this machine and enable time synchronisation (NTP); on Linux: timedatectl set-ntp true',
      { what: 'command', text: 'timedatectl set-ntp true' },
    ],
    [
      'Ask an administrator for a policy such as: Allow group <group> to read objectstorage-namespaces in tenancy',
      { what: 'policy', text: 'Allow group <group> to read objectstorage-namespaces in tenancy' },
    ],
    ['Copy the whole file again.', { what: 'fix', text: 'Copy the whole file again.' }],
  ])('%s', (fix, remedy) => expect(remedyOf(fix)).toMatchObject(remedy))
})

/** What the value of a field looks like; prose that was taken along does not. */
const SHAPES: Record<string, RegExp> = {
  user: /^ocid1\.user\.oc1\.\.\w+$/,
  tenancy: /^ocid1\.tenancy\.oc1\.\.\w+$/,
  fingerprint: /^(?:[\da-f]{2}:){15}[\da-f]{2}$/,
  region: /^[a-z]+-[a-z]+-\d$/,
  genai_region: /^[a-z]+-[a-z]+-\d$/,
  authentication: /^[a-z_]+$/,
  key_file: /^[~/]\S*\w$/,
  security_token_file: /^[~/]\S*\w$/,
  log_requests: /^(?:true|false)$/,
}

function misread(fixes: readonly string[]): string[] {
  return fixes.flatMap((fix) => {
    const { proposal } = remedyOf(fix)
    if (proposal === null || SHAPES[proposal.field]?.test(proposal.value)) return []
    return `${proposal.field} = "${proposal.value}" of: ${fix}`
  })
}

test('no fix of the page of errors proposes a value that is none', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/errors.md'), 'utf8')
  const fixes = [...page.matchAll(/^ *(?:"fix": "|fix: )(.+?)"?,?$/gm)].map(([, fix = '']) => fix)
  expect(fixes.length).toBeGreaterThan(50)
  expect(fixes.filter((fix) => remedyOf(fix).proposal).length).toBeGreaterThan(5)
  expect(misread(fixes)).toEqual([])
})

test('no fix of the sample profiles proposes a value that is none', async () => {
  const sandbox = await openSandbox('all')
  const service = await sandbox.start()
  await service.checked
  const paths = sandbox.samples.profiles.map(({ name }) => `/v1/oci-profiles/${name}/diagnosis`)
  const answers = await Promise.all(paths.map((path) => get(service, path)))
  const fixes = answers.flatMap(({ json }) =>
    [...json.findings, json.check].flatMap(({ fix }: { fix: string | null }) => fix ?? []),
  )
  await sandbox.close()
  expect(fixes.filter((fix) => remedyOf(fix).proposal).length).toBeGreaterThan(2)
  expect(misread(fixes)).toEqual([])
})

test.each([
  [0, 'just now'],
  [12 * S, '12 s ago'],
  [59 * MIN, '59 min ago'],
  [47 * H, '47 h ago'],
  [72 * H, '3 days ago'],
  [-5 * S, 'just now'],
])('what was %i ms ago was %s', (age, words) => expect(timeAgo(0, age)).toBe(words))

test.each([
  [72 * H, '3 days'],
  [30 * H, '30 h'],
  [23 * H + 14 * MIN, '23 h 14 min'],
  [42 * MIN, '42 min'],
  [9 * MIN + 59.4 * S, '10:00'],
  [9 * MIN + 59 * S, '9:59'],
  [S, '0:01'],
  [1, '0:01'],
  [0, null],
  [-S, null],
])('of %i ms there are %s left', (left, words) => expect(timeLeft(left, 0)).toBe(words))

test('a time in a message is that of the reader, written the way it came', () => {
  const local = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'long' })
  const at = '2026-11-28T10:00:00Z'
  expect(localTime(at)).toBe(local.format(Date.parse(at)))
  expect(localTime(at)).toMatch(/^2026-11-2\d \d\d:00:00 \S+$/)
})

test.each([
  [0.4, '0 ms'],
  [999, '999 ms'],
  [1_234, '1.2 s'],
])('%d ms are %s', (ms, words) => expect(durationText(ms)).toBe(words))

describe('frames of an event stream', () => {
  const stream =
    'id: 7\nevent: hello\ndata: {"a":1}\n\n: still here\n\nevent: two\r\ndata: x\r\ndata: y\r\n\r\ndata: z\n\n'
  const frames = [
    { id: '7', event: 'hello', data: '{"a":1}' },
    { id: null, event: 'two', data: 'x\ny' },
    { id: null, event: 'message', data: 'z' },
  ]

  test.each([1, 2, 3, 7, 1_000])('are whole, in pieces of %i', (size) => {
    const read = createFrameReader()
    const found = []
    for (let at = 0; at < stream.length; at += size)
      found.push(...read(stream.slice(at, at + size)))
    expect(found).toEqual(frames)
  })

  test('that are not at their end yet are kept back', () => {
    expect(createFrameReader()('event: hello\ndata: {')).toEqual([])
  })
})
