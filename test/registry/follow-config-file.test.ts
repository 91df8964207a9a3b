import { execFile } from 'node:child_process'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { OciProfilesError } from '../../src/errors.ts'
import type { ConfigReading } from '../../src/registry/index.ts'
import { fails, heldChecks, WORKS } from './checks.ts'
import { followFile, type FollowedFile } from './followed-file.ts'

const A = '[A]\nuser=a\nregion=eu-frankfurt-1\n'
const B = '[B]\nuser=b\nregion=eu-frankfurt-1\n'
const C = '[C]\nuser=c\nregion=eu-frankfurt-1\n'

/** Only the lists that are not empty. */
function lists({ added, changed, removed, kept }: ConfigReading) {
  const all = { added, changed, removed, kept }
  return Object.fromEntries(Object.entries(all).filter(([, names]) => names.length > 0))
}

/** Why it was refused, or `done`. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    return (error as OciProfilesError).code
  }
}

const revisions = ({ registry }: FollowedFile) => registry.records().map(({ revision }) => revision)

describe('profiles of the file', () => {
  test.each([
    ['nothing', A + B, {}, ['A', 'B'], []],
    ['only comments and lines', `# hello\n\n${B}\n; end\n${A}`, {}, ['A', 'B'], []],
    ['a new section at the end', A + B + C, { added: ['C'] }, ['A', 'B', 'C'], ['C']],
    ['a new section at the top', C + A + B, { added: ['C'] }, ['A', 'B', 'C'], ['C']],
    ['a value', A + B.replace('=b', '=x'), { changed: ['B'] }, ['A', 'B'], ['B']],
    ['a section that goes', B, { removed: ['A'] }, ['B'], []],
    ['a name', A + B.replace('[B]', '[C]'), { added: ['C'], removed: ['B'] }, ['A', 'C'], ['C']],
    ['how a name is spelt', A.replace('[A]', '[a]') + B, { changed: ['a'] }, ['a', 'B'], ['a']],
    [
      'a value that all inherit',
      `[DEFAULT]\ntenancy=t\n${A}${B}`,
      { added: ['DEFAULT'], changed: ['A', 'B'] },
      ['A', 'B', 'DEFAULT'],
      ['A', 'B', 'DEFAULT'],
    ],
    ['everything', C, { added: ['C'], removed: ['A', 'B'] }, ['C'], ['C']],
    ['a text without sections', '# none\n', { removed: ['A', 'B'] }, [], []],
  ])('follow %s', async (_what, text, expected, names, checked) => {
    const file = await followFile({ text: A + B })
    expect(lists(await file.edit(text))).toEqual(expected)
    expect([file.names(), file.checked()]).toEqual([names, checked])
  })

  test('that say the same keep their check, revision and place, and learn their new lines', async () => {
    const file = await followFile({ text: A + B })
    const before = file.registry.record('B')
    await file.edit(`# one line more\n${B}[Z]\nuser=z\n${A}`)
    const after = file.registry.record('B')
    expect([after.revision, after.profile.check]).toEqual([before.revision, before.profile.check])
    expect([before.profile.origin.line, after.profile.origin.line]).toEqual([4, 2])
    expect([before.provenance.user.line, after.provenance.user.line]).toEqual([5, 3])
    expect(file.names()).toEqual(['A', 'B', 'Z'])
  })

  test('are pending, not useable, and of another revision from when they change', async () => {
    const { check, next } = heldChecks()
    let isHeld = false
    const file = await followFile({
      text: A,
      check: (profile, deps) => (isHeld ? check(profile, deps) : Promise.resolve(WORKS)),
    })
    const [before] = revisions(file)
    isHeld = true
    await writeFile(file.path, A.replace('=a', '=x'))
    await file.follower.reload()
    expect(file.registry.get('A')).toMatchObject({
      user: 'x',
      useable: false,
      check: { status: 'pending' },
    })
    expect(revisions(file)).not.toEqual([before])
    ;(await next()).end(WORKS)
    await expect.poll(() => file.registry.get('A')?.useable).toBe(true)
  })

  test('keep the history of their checks over a change', async () => {
    const file = await followFile({ text: A })
    await file.edit(A.replace('=a', '=x'))
    expect(file.registry.record('A').history).toHaveLength(2)
  })

  test('are read again only when something in them is new', async () => {
    const file = await followFile({ text: A + B })
    const before = file.registry.records()
    await file.reload()
    expect(file.registry.records()).toBe(before)
  })
})

describe('what the API did', () => {
  test('to a profile of the file is kept until the section changes', async () => {
    const file = await followFile({ text: A + B })
    await file.registry.update('A', { region: 'api-1' })
    const [revision] = revisions(file)
    expect(lists(await file.edit(`# another line\n${A}${B}${C}`))).toEqual({ added: ['C'] })
    expect(file.registry.get('A')).toMatchObject({ region: 'api-1', user: 'a' })
    expect(revisions(file)[0]).toBe(revision)
    const { provenance } = file.registry.record('A')
    expect([provenance.region.source, provenance.user.line]).toEqual(['api', 3])
    const reading = await file.edit(A.replace('=a', '=x') + B + C)
    expect(lists(reading)).toEqual({ changed: ['A'] })
    expect(file.registry.get('A')).toMatchObject({ region: 'eu-frankfurt-1', user: 'x' })
  })

  test('to a profile goes with it when its section goes', async () => {
    const file = await followFile({ text: A + B })
    await file.registry.update('A', { region: 'api-1' })
    expect(lists(await file.edit(B))).toEqual({ removed: ['A'] })
  })

  test('in creating a profile is kept, in its place', async () => {
    const file = await followFile({ text: A })
    await file.registry.create({ auth_profile: 'MADE', user: 'm' })
    expect(lists(await file.edit(A + B))).toEqual({ added: ['B'] })
    expect(file.names()).toEqual(['A', 'MADE', 'B'])
    expect(lists(await file.edit(B))).toEqual({ removed: ['A'] })
    expect(file.names()).toEqual(['MADE', 'B'])
  })

  test('in creating a profile gives way to a section of that name, in any case', async () => {
    const file = await followFile({ text: A })
    await file.registry.create({ auth_profile: 'MADE', user: 'm' })
    expect(lists(await file.edit(`${A}[made]\nuser=file\n`))).toEqual({ changed: ['made'] })
    expect(file.registry.get('MADE')).toMatchObject({ user: 'file', origin: { kind: 'file' } })
    expect(file.names()).toEqual(['A', 'made'])
  })

  test('in removing a profile holds until its section changes', async () => {
    const file = await followFile({ text: A + B })
    file.registry.remove('A')
    expect(lists(await file.edit(`${A}${B}\n# a line\n`))).toEqual({})
    expect(file.names()).toEqual(['B'])
    expect(lists(await file.edit(A.replace('=a', '=x') + B))).toEqual({ added: ['A'] })
    expect(file.names()).toEqual(['B', 'A'])
  })

  test('in removing a profile and making another of its name outlives the section', async () => {
    const file = await followFile({ text: A + B })
    file.registry.remove('A')
    await file.registry.create({ auth_profile: 'A', user: 'mine' })
    expect(lists(await file.edit(B))).toEqual({})
    expect(file.registry.get('A')?.user).toBe('mine')
  })
})

describe('a fault in the file', () => {
  const broken = (text: string, line: string) => text.replace(line, line.slice(0, -1))
  const FAULTS: [string, string, string, object, string][] = [
    [
      'a header without its end',
      A + B + C,
      A + broken(B, '[B]') + C,
      { kept: ['A', 'B'] },
      'STRAY_LINE',
    ],
    [
      'the first header without its end',
      A + B,
      broken(A, '[A]') + B,
      { kept: ['A'] },
      'TEXT_BEFORE_SECTION',
    ],
    [
      'a key without "="',
      A + B,
      A.replace('user=a', 'user a') + B.replace('=b', '=x'),
      { changed: ['B'], kept: ['A'] },
      'STRAY_LINE',
    ],
    [
      'a section that occurs twice',
      A + B,
      A + B.replace('[B]', '[A]'),
      { kept: ['A', 'B'] },
      'DUPLICATE_SECTION',
    ],
    [
      'a key that occurs twice',
      A + B,
      `${A}user=other\n${B}${C}`,
      { added: ['C'], kept: ['A'] },
      'DUPLICATE_KEY',
    ],
    [
      'the header of DEFAULT without its end',
      `[DEFAULT]\ntenancy=t\n${A}${B}`,
      `[DEFAULT\ntenancy=t\n${A}${B}`,
      { kept: ['A', 'B', 'DEFAULT'] },
      'TEXT_BEFORE_SECTION',
    ],
    [
      'DEFAULT that went into the section above',
      `${A}[DEFAULT]\ntenancy=t\n${B}`,
      `${A}[DEFAULT\ntenancy=t\n${B}`,
      { kept: ['B', 'DEFAULT'] },
      'STRAY_LINE',
    ],
    ['noise', A + B, '\u0000\u0001 noise', { kept: ['A', 'B'] }, 'TEXT_BEFORE_SECTION'],
  ]

  test.each(FAULTS)(
    '%s keeps what it hides or changes, and lets the rest follow',
    async (_what, text, edited, expected, code) => {
      const file = await followFile({ text })
      const before = new Map(file.registry.list().map((profile) => [profile.auth_profile, profile]))
      const reading = await file.edit(edited)
      expect(lists(reading)).toEqual(expected)
      expect(reading.diagnostics.map((finding) => finding.code)).toContain(code)
      expect(file.follower.view).toMatchObject({ state: 'faulty', line: expect.any(Number) })
      for (const name of reading.kept) {
        const { profile, findings } = file.registry.record(name)
        expect(profile).toMatchObject({ user: before.get(name)?.user, useable: true })
        expect(findings.map((finding) => finding.code)).toContain('LAST_GOOD_KEPT')
      }
      // Mended, it is followed again, and nothing is left of the fault.
      expect(lists(await file.edit(text)).kept).toBeUndefined()
      expect(file.follower.view).toMatchObject({ state: 'read', code: null, kept: 0 })
      for (const { findings } of file.registry.records()) {
        expect(findings.map((finding) => finding.code)).not.toContain('LAST_GOOD_KEPT')
      }
    },
  )

  test('that was there at the start keeps nobody from editing the rest', async () => {
    const stray = 'no key at all\n'
    const file = await followFile({ text: A + stray + B })
    const edited = A.replace('=a', '=x') + stray + C
    expect(lists(await file.edit(edited))).toEqual({
      added: ['C'],
      changed: ['A'],
      removed: ['B'],
    })
  })

  test('that changed nothing when it came is no reason later', async () => {
    const file = await followFile({ text: A + B })
    expect(lists(await file.edit(`${A}no key at all\n${B}`))).toEqual({})
    expect(lists(await file.edit(`${A}no key at all\n`))).toEqual({ removed: ['B'] })
  })

  test('keeps what it keeps for as long as it is there, while others go on changing', async () => {
    const file = await followFile({ text: A + B + C })
    const faulty = A.replace('user=a', 'user a')
    await file.edit(faulty + B + C)
    expect(lists(await file.edit(faulty + B.replace('=b', '=x') + C))).toEqual({
      changed: ['B'],
      kept: ['A'],
    })
    expect(lists(await file.edit(A.replace('=a', '=x') + C))).toEqual({
      changed: ['A'],
      removed: ['B'],
    })
  })

  test('is told of without the text of its line', async () => {
    const file = await followFile({ text: A })
    await file.edit(`${A}[B]\nPASSPHRASE-WITHOUT-A-KEY\n`)
    await file.edit(`[A\nPASSPHRASE-WITHOUT-A-KEY\n`)
    const said = JSON.stringify([file.news, file.follower.view, file.registry.record('A').findings])
    expect(said).not.toContain('PASSPHRASE')
  })
})

describe('a file that is not to be had', () => {
  test('any more leaves the profiles as they are, and says so', async () => {
    const file = await followFile({ text: A + B })
    const before = file.registry.records()
    await rename(file.path, `${file.path}.away`)
    const reading = await file.reload()
    expect(reading).toMatchObject({ exists: false, kept: ['A', 'B'], removed: [] })
    expect(file.follower.view).toMatchObject({
      state: 'missing',
      code: 'CONFIG_FILE_NOT_FOUND',
      kept: 2,
    })
    expect(file.registry.records()).toBe(before)
    await rename(`${file.path}.away`, file.path)
    expect(lists(await file.reload())).toEqual({})
    expect(file.follower.view.state).toBe('read')
    // A reading that was asked for is told although the watch has told of the same state just before.
    const states = file.news.map(({ view }) => view.state)
    expect(states.filter((state, at) => state !== states[at - 1])).toEqual(['missing', 'read'])
  })

  test('yet is read when it comes', async () => {
    const file = await followFile({ text: null })
    expect(file.follower.view).toMatchObject({ state: 'absent', code: null })
    expect(await file.reload()).toMatchObject({ exists: false, kept: [] })
    expect(lists(await file.edit(A))).toEqual({ added: ['A'] })
  })

  test('because it cannot be read keeps everything, and says why', async () => {
    const file = await followFile({ text: A })
    await rm(file.path)
    await mkdir(file.path)
    await expect(file.reload()).rejects.toMatchObject({
      code: 'CONFIG_FILE_UNREADABLE',
      status: 503,
    })
    expect(file.names()).toEqual(['A'])
    expect(file.follower.view).toMatchObject({ state: 'unreadable', kept: 1 })
    expect(file.news.at(-1)).toEqual({ view: file.follower.view, reading: null })
    await rm(file.path, { recursive: true })
    expect(lists(await file.edit(A + B))).toEqual({ added: ['B'] })
  })

  test('because it was a pipe says so, and is none the worse for it', async () => {
    const file = await followFile({ text: A })
    await rm(file.path)
    await promisify(execFile)('mkfifo', [file.path])
    await expect(file.reload()).rejects.toMatchObject({
      code: 'CONFIG_FILE_UNREADABLE',
      message: expect.stringContaining('only once'),
    })
    expect([file.names(), file.follower.view.state]).toEqual([['A'], 'read'])
  })

  test('because it is empty for a moment costs nothing', async () => {
    const file = await followFile({ text: A + B })
    const before = file.registry.records()
    await writeFile(file.path, '')
    const reading = file.reload()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await writeFile(file.path, A + B)
    expect(lists(await reading)).toEqual({})
    expect(file.registry.records()).toBe(before)
  })

  test('because it is empty and stays so has no profiles', async () => {
    const file = await followFile({ text: A + B })
    expect(lists(await file.edit(''))).toEqual({ removed: ['A', 'B'] })
    expect(file.follower.view.state).toBe('read')
  })
})

describe('a change of the file', () => {
  test('while a profile is checked: the result of the old values counts for nothing', async () => {
    const { check, next } = heldChecks()
    let isHeld = false
    const file = await followFile({
      text: A,
      check: (profile, deps) => (isHeld ? check(profile, deps) : Promise.resolve(WORKS)),
    })
    isHeld = true
    const asked = file.registry.check('A')
    const old = await next()
    await writeFile(file.path, A.replace('=a', '=x'))
    await file.follower.reload()
    old.end(fails())
    const [first, second] = [await next(), await next()]
    expect([first.profile.user, second.profile.user]).toEqual(['x', 'x'])
    first.end(WORKS)
    second.end(WORKS)
    // Who asked for a check is told of what is there now.
    expect(await asked).toMatchObject({ status: 'ok' })
    expect(file.registry.get('A')).toMatchObject({ user: 'x', useable: true })
  })

  test('while a profile is updated: the file wins, and the update says that it came too late', async () => {
    const { check, next } = heldChecks()
    let isHeld = false
    const file = await followFile({
      text: A + B,
      check: (profile, deps) => (isHeld ? check(profile, deps) : Promise.resolve(WORKS)),
    })
    isHeld = true
    const late = codeOf(file.registry.update('A', { region: 'api-1' }))
    const other = file.registry.update('B', { region: 'api-1' })
    await next()
    const otherCheck = await next()
    isHeld = false
    await file.edit(A.replace('=a', '=x') + B)
    expect(await late).toBe('PRECONDITION_FAILED')
    expect(file.registry.get('A')).toMatchObject({ user: 'x', region: 'eu-frankfurt-1' })
    otherCheck.end(WORKS)
    expect((await other).profile).toMatchObject({ user: 'b', region: 'api-1' })
  })

  test('while a profile of that name is created: the name is taken', async () => {
    const { check, next } = heldChecks()
    const file = await followFile({
      text: A,
      check: (profile, deps) =>
        profile.origin.kind === 'api' ? check(profile, deps) : Promise.resolve(WORKS),
    })
    const creating = codeOf(file.registry.create({ auth_profile: 'B', user: 'mine' }))
    const held = await next()
    await file.edit(A + B)
    held.end(WORKS)
    expect(await creating).toBe('PROFILE_EXISTS')
    expect(file.registry.get('B')?.user).toBe('b')
  })

  test('is read once at a time: ten who ask at once get ten readings of one state', async () => {
    const file = await followFile({ text: A })
    await writeFile(file.path, A + B)
    const readings = await Promise.all(Array.from({ length: 10 }, () => file.reload()))
    expect(readings.flatMap(({ added }) => added)).toEqual(['B'])
    expect(file.names()).toEqual(['A', 'B'])
  })
})

describe('a file that is watched', () => {
  test('is followed without being asked, and only news are told', async () => {
    const file = await followFile({ text: A, isWatched: true })
    await writeFile(file.path, A + B)
    await expect.poll(() => file.names(), { timeout: 10_000 }).toEqual(['A', 'B'])
    await writeFile(file.path, `# nothing new\n${A}${B}`)
    await writeFile(`${file.path}.new`, B)
    await rename(`${file.path}.new`, file.path)
    await expect.poll(() => file.names(), { timeout: 10_000 }).toEqual(['B'])
    const told = file.news.map(({ reading }) => reading && lists(reading))
    expect(told).toEqual([{ added: ['B'] }, { removed: ['A'] }])
  })

  test('is read when it was changed while it was loaded', async () => {
    const file = await followFile({
      text: A,
      isWatched: true,
      // As though somebody edited it between its reading and the first look of the watch.
      whenRead: (path) => writeFile(path, A + B),
    })
    await expect.poll(() => file.names(), { timeout: 10_000 }).toEqual(['A', 'B'])
  })
})
