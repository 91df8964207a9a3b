import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { AUTH_TYPES } from '../../src/schemas/index.ts'
import { parseExposition, type Family, type Sample } from '../api/exposition.ts'
import { metricRows } from '../docs/metrics-page.ts'
import { get, openSandbox, type Sandbox } from './sandbox.ts'

let sandbox: Sandbox
let service: Service
let late: string
beforeAll(async () => {
  sandbox = await openSandbox('all')
  // A database that cannot be opened yet.
  late = join(sandbox.folder, 'late')
  await writeFile(late, '')
  service = await sandbox.start({
    env: {
      OCI_PROFILES_DATABASE_URL: `sqlite:${join(late, 'core.db')}`,
      OCI_PROFILES_CHECK_INTERVAL_S: '0',
    },
  })
  await service.checked
})
afterAll(() => sandbox.close())

async function scrape(): Promise<Map<string, Family>> {
  const headers = { authorization: `Bearer ${service.apiKey.reveal()}` }
  return parseExposition(await (await fetch(`${service.url}/metrics`, { headers })).text())
}

async function valuesOf(name: string, label?: string): Promise<(string | number | undefined)[][]> {
  const samples = (await scrape()).get(`oci_profiles_${name}`)?.samples ?? []
  return samples.map(({ labels, value }) => (label ? [labels[label], value] : [value]))
}

test('the start is told: its steps, what runs, with which settings', async () => {
  const steps = await valuesOf('startup_step_duration_seconds', 'step')
  expect(steps.map(([step]) => step)).toEqual(['1', '2', '3', '4', '5'])
  const families = await scrape()
  const labels = (name: string) => families.get(`oci_profiles_${name}`)?.samples[0]?.labels
  expect(labels('build_info')).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    node_version: process.versions.node,
  })
  expect(labels('settings_info')).toEqual({
    check_concurrency: '32',
    check_interval_s: '0',
    default_profile: '',
    log_level: 'info',
  })
})

test('profiles are told as the list has them, with the end of their sessions', async () => {
  const { json } = await get(service, '/v1/oci-profiles')
  expect(await valuesOf('profile_useable', 'auth_profile')).toEqual(
    json.map(({ auth_profile, useable }: any) => [auth_profile, useable ? 1 : 0]),
  )
  expect(await valuesOf('profile_check_info', 'code')).toEqual(
    json.map(({ check }: any) => [check.code ?? 'OK', 1]),
  )
  expect(await valuesOf('profile_last_check_timestamp_seconds')).toEqual(
    json.map(({ check }: any) => [Date.parse(check.checked_at) / 1000]),
  )
  const ends = Object.fromEntries(await valuesOf('token_expiry_timestamp_seconds', 'auth_profile'))
  const now = Date.now() / 1000
  expect(ends['SESSION']).toBeGreaterThan(now)
  expect(ends['EXPIRED_SESSION']).toBeLessThan(now)
  expect(ends).not.toHaveProperty('DEFAULT')
})

test('checks are told by code and by authentication type', async () => {
  const { json } = await get(service, '/v1/oci-profiles')
  const counts = Object.fromEntries(await valuesOf('checks_total', 'code'))
  const failed = json.filter(({ check }: any) => check.code === 'FINGERPRINT_MISMATCH')
  expect([counts['OK'], counts['FINGERPRINT_MISMATCH']]).toEqual([
    json.filter(({ useable }: any) => useable).length,
    failed.length,
  ])
  const durations = (await scrape()).get('oci_profiles_check_duration_seconds')
  const types = new Set(durations?.samples.map(({ labels }) => labels['authentication']))
  expect(types.difference(new Set([...AUTH_TYPES, 'unknown']))).toEqual(new Set())
  const all = durations?.samples.filter(({ name }) => name.endsWith('_count')) ?? []
  expect(all.reduce((sum, { value }) => sum + value, 0)).toBe(json.length)
})

test('a database that opens later is told: down, then up, and that it was opened', async () => {
  expect([await valuesOf('database_up'), await valuesOf('database_reconnects_total')]).toEqual([
    [[0]],
    [[0]],
  ])
  await rm(late)
  await mkdir(late)
  await expect.poll(() => valuesOf('database_up'), { timeout: 15_000 }).toEqual([[1]])
  expect(await valuesOf('database_reconnects_total')).toEqual([[1]])
  expect(await valuesOf('database_info', 'kind')).toEqual([['sqlite', 1]])
})

test('readings of the config file are told, with the time of the last good one', async () => {
  const { configFile } = sandbox.samples
  const text = await readFile(configFile, 'utf8')
  const reloads = async () => Object.fromEntries(await valuesOf('config_reloads_total', 'result'))
  const state = async () => (await valuesOf('config_last_reload_successful'))[0]?.[0]
  expect([await reloads(), await state()]).toEqual([{ ok: 1, faulty: 0 }, 1])
  const [[first]] = (await valuesOf('config_last_reload_success_timestamp_seconds')) as [[number]]
  expect(Math.abs(first - Date.now() / 1000)).toBeLessThan(300)

  await rm(configFile)
  await expect.poll(state, { timeout: 10_000 }).toBe(0)
  expect((await reloads())['faulty']).toBe(1)
  expect(await valuesOf('config_last_reload_success_timestamp_seconds')).toEqual([[first]])

  await writeFile(configFile, text)
  await expect.poll(state, { timeout: 10_000 }).toBe(1)
  const [[last]] = (await valuesOf('config_last_reload_success_timestamp_seconds')) as [[number]]
  expect(last).toBeGreaterThan(first)
})

test('every metric has the labels that the page gives it', async () => {
  const controller = new AbortController()
  sandbox.emulator.setFault('DEFAULT', { kind: 'silent' })
  const headers = { 'x-api-key': service.apiKey.reveal() }
  const events = await fetch(`${service.url}/v1/events`, { headers, signal: controller.signal })
  const leaving = fetch(`${service.url}/v1/oci-profiles/DEFAULT/check`, {
    method: 'POST',
    headers,
    signal: controller.signal,
  }).catch(() => {})
  await expect.poll(() => valuesOf('checks_running')).toEqual([[1]])
  expect([events.status, await valuesOf('event_streams_open')]).toEqual([200, [[1]]])
  const { hostname, port } = new URL(service.url)
  connect(Number(port), hostname)
    .on('error', () => {})
    .end('NOISE\r\n\r\n')
  controller.abort()
  await leaving
  const isTold = async () => {
    const families = await scrape()
    return metricRows().filter(({ name }) => families.get(name)?.samples.length === 0)
  }
  await expect.poll(isTold).toEqual([])
  const families = await scrape()
  const labelsOf = (samples: readonly Sample[]) =>
    Object.keys(samples[0]?.labels ?? {}).filter((label) => label !== 'le')
  for (const { name, labels } of metricRows()) {
    const shown = labelsOf(families.get(name)?.samples ?? [])
    expect([name, new Set(shown)]).toEqual([name, new Set(labels)])
  }
})
