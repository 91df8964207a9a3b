import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../../src/cli/exit-codes.ts'
import { loadOn } from '../settings/load.ts'
import { COMMAND_NAMES, manifest, readText, unknownVariables } from './repository.ts'

const NAME = 'oci-profiles.service'
const text = readText(`deploy/${NAME}`)

/** Directives by section, each with all of its values in order; anything else throws. */
function parseUnit(unit: string): Map<string, Map<string, string[]>> {
  const sections = new Map<string, Map<string, string[]>>()
  let current: Map<string, string[]> | undefined
  for (const line of unit.split('\n')) {
    if (/^\s*([#;]|$)/.test(line)) continue
    const section = /^\[(\w+)\]$/.exec(line)?.[1]
    if (section !== undefined) {
      sections.set(section, (current = new Map()))
      continue
    }
    const [, name, value] = /^([A-Z][A-Za-z0-9]*)=(.*[^\s\\]|)$/.exec(line) ?? []
    if (name === undefined || value === undefined || !current) throw new Error(`no line: ${line}`)
    current.set(name, [...(current.get(name) ?? []), value])
  }
  return sections
}

const unit = parseUnit(text)
const service = unit.get('Service') as Map<string, string[]>
const only = (name: string) => {
  const values = service.get(name) ?? []
  expect([name, values.length]).toEqual([name, 1])
  return values[0]!
}
const environment = Object.fromEntries(
  (service.get('Environment') ?? []).map((pair) => pair.split(/=(.*)/s, 2) as [string, string]),
)

describe('deploy/oci-profiles.service', () => {
  test.each(['a=1', '[Service\nA=1', '[A]\nword', '[A]\nA=1 \\'])('(reader: refuses %j)', (bad) => {
    expect(() => parseUnit(bad)).toThrow('no line')
  })

  test('has the three sections of a service that is started with the machine', () => {
    expect([...unit.keys()]).toEqual(['Unit', 'Service', 'Install'])
    expect(unit.get('Install')?.get('WantedBy')).toEqual(['multi-user.target'])
  })

  test('starts a command of the package, as a user of its own', () => {
    const [file = '', command = '', ...more] = only('ExecStart').split(' ')
    expect(Object.keys(manifest.bin)).toContain(basename(file))
    expect(COMMAND_NAMES).toContain(command)
    expect(more).toEqual([])
    expect(only('User')).toBe('oci-profiles')
  })

  test('sets variables that are read, with paths inside of its own folders', async () => {
    expect(unknownVariables(Object.keys(environment))).toEqual([])
    const settings = await loadOn({ env: environment })
    const state = `/var/lib/${only('StateDirectory')}`
    const configuration = `/etc/${only('ConfigurationDirectory')}`
    expect(settings.get('database_url').reveal()).toBe(`sqlite:${state}/core.db`)
    expect(settings.get('config_file')).toBe(`${configuration}/config`)
    expect(only('WorkingDirectory')).toBe(configuration)
    expect(only('EnvironmentFile')).toBe(`-${configuration}/environment`)
    expect(environment['HOME']).toBe(state)
  })

  test('tries again, but not what trying again does not mend', () => {
    expect(only('Restart')).toBe('on-failure')
    const codes = [EXIT.usage, EXIT.unreadable]
    expect(only('RestartPreventExitStatus')).toBe(codes.join(' '))
  })

  test('gives running requests their ten seconds', () => {
    expect(Number(only('TimeoutStopSec'))).toBeGreaterThan(10)
    expect(service.has('KillSignal')).toBe(false)
  })

  test('takes rights away that the service does not need, and leaves it those that Node does', () => {
    for (const name of ['NoNewPrivileges', 'ProtectHome', 'PrivateTmp', 'PrivateDevices']) {
      expect([name, only(name)]).toEqual([name, 'yes'])
    }
    expect(only('ProtectSystem')).toBe('strict')
    expect(only('CapabilityBoundingSet')).toBe('')
    expect(service.has('MemoryDenyWriteExecute')).toBe(false)
    // Node asks for the addresses of this machine by netlink.
    expect(only('RestrictAddressFamilies').split(' ')).toContain('AF_NETLINK')
  })

  test.runIf(isThere('systemd-analyze'))('is what systemd reads, too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'systemd-'))
    try {
      const path = join(folder, NAME)
      // The command is not installed here.
      writeFileSync(path, text.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`))
      const options = { encoding: 'utf8', timeout: 20_000 } as const
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', path], options)
      const faults = stderr.split('\n').filter((line) => line.includes(NAME))
      expect([status, faults]).toEqual([0, []])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}
