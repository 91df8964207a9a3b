import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { parseSections } from '../../src/config/index.ts'
import { readPostgresUrl, SETTINGS } from '../../src/settings/index.ts'
import { startApi } from '../api/harness.ts'
import { loadOn } from '../settings/load.ts'
import { COMMAND_NAMES, readText, unknownVariables } from './repository.ts'

const text = readText('deploy/kubernetes.yaml')
const parsed = parseAllDocuments(text, { strict: true, uniqueKeys: true })
/** `any`: what is in them is what is tested. */
const objects: any[] = parsed.map((document) => document.toJS())

const find = (kind: string, name = 'oci-profiles') =>
  objects.find((object) => object.kind === kind && object.metadata.name === name)
const deployment = find('Deployment')
const pod = deployment.spec.template.spec
const [container] = pod.containers
const variables: { name: string; value?: string; valueFrom?: any }[] = container.env
const valueOf = (name: string) => variables.find((variable) => variable.name === name)?.value ?? ''

describe('deploy/kubernetes.yaml', () => {
  test('is YAML without a fault, and holds what it takes', () => {
    expect(parsed.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
    expect(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'v1 ConfigMap',
      'v1 Secret',
      'v1 Secret',
      'apps/v1 Deployment',
      'v1 Service',
      'policy/v1 PodDisruptionBudget',
    ])
    for (const { metadata } of objects) {
      expect(metadata).toEqual({
        name: expect.stringMatching(/^[a-z][a-z-]+$/),
        labels: { 'app.kubernetes.io/name': 'oci-profiles' },
      })
    }
  })

  test('keeps two replicas going, one of them at any time', () => {
    expect(deployment.spec.replicas).toBe(2)
    expect(deployment.spec.strategy.rollingUpdate.maxUnavailable).toBe(0)
    expect(find('PodDisruptionBudget').spec.minAvailable).toBe(1)
  })

  test('selects its own pods everywhere', () => {
    const labels = deployment.spec.template.metadata.labels
    expect(deployment.spec.selector.matchLabels).toEqual(labels)
    expect(find('Service').spec.selector).toEqual(labels)
    expect(find('PodDisruptionBudget').spec.selector.matchLabels).toEqual(labels)
    for (const spread of pod.topologySpreadConstraints) {
      expect(spread.labelSelector.matchLabels).toEqual(labels)
    }
  })

  test('runs a command of the package on its port', () => {
    expect(COMMAND_NAMES).toContain(container.args[0])
    expect(container.ports).toEqual([
      { name: 'http', containerPort: Number(SETTINGS.port.defaultText) },
    ])
    expect(find('Service').spec.ports[0].targetPort).toBe('http')
  })

  test('probes routes that answer without a key', async () => {
    const api = await startApi({ loopbackOnly: false })
    for (const probe of [container.readinessProbe, container.livenessProbe]) {
      const { path, port } = probe.httpGet
      const headers = { host: '10.0.0.7:8000' }
      expect(port).toBe('http')
      expect((await api.call('GET', path, { headers, withoutKey: true })).status).toBe(200)
    }
    await api.close()
    expect(container.livenessProbe.httpGet.path).toBe('/v1/health/live')
    expect(container.readinessProbe.httpGet.path).toBe('/v1/health/ready')
  })

  test('gives a pod as long to stop as it may take', () => {
    const [command, seconds] = container.lifecycle.preStop.exec.command
    expect([command, Number(seconds)]).toEqual(['sleep', 5])
    // Ten more for running requests, and as many to spare.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(Number(seconds) + 20)
  })

  test('sets variables that are read', () => {
    const own = variables.map(({ name }) => name).filter((name) => name !== 'POD_IP')
    expect(unknownVariables(own)).toEqual([])
    expect(own).toContain('OCI_PROFILES_API_KEY')
    // Made of one that stands before it: Kubernetes puts in no other.
    const names = variables.map(({ name }) => name)
    expect(valueOf('OCI_PROFILES_ALLOWED_HOSTS')).toContain('$(POD_IP)')
    expect(names.indexOf('POD_IP')).toBeLessThan(names.indexOf('OCI_PROFILES_ALLOWED_HOSTS'))
  })

  test('keeps out the variables that Kubernetes makes of a Service', () => {
    const made = `${find('Service').metadata.name.toUpperCase().replaceAll('-', '_')}_PORT`
    expect(unknownVariables([made])).toEqual([])
    expect(pod.enableServiceLinks).toBe(false)
  })

  test('refers to keys that its secrets have', () => {
    for (const { valueFrom } of variables) {
      const reference = valueFrom?.secretKeyRef
      if (reference === undefined) continue
      expect(find('Secret', reference.name).stringData).toHaveProperty([reference.key])
    }
    for (const { configMap, secret } of pod.volumes) {
      if (configMap) expect(find('ConfigMap', configMap.name)).toBeDefined()
      if (secret) expect(find('Secret', secret.secretName)).toBeDefined()
    }
  })

  test('mounts whole folders, read-only but for data and scratch', () => {
    const volumes = pod.volumes.map(({ name }: any) => name)
    const mounts: any[] = container.volumeMounts
    expect(mounts.map(({ name }) => name)).toEqual(volumes)
    for (const mount of mounts) expect(mount).not.toHaveProperty('subPath')
    const written = mounts.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath)
    expect(written).toEqual(['/data', '/tmp'])
  })

  test('has a config file that reads without a fault, where the service looks, with its key', () => {
    const mountOf = (name: string) =>
      container.volumeMounts.find((mount: any) => mount.name === name).mountPath
    const path = valueOf('OCI_CLI_CONFIG_FILE')
    expect(dirname(path)).toBe(mountOf('config'))
    const config = find('ConfigMap').data[path.slice(dirname(path).length + 1)]
    const { sections, diagnostics } = parseSections(config)
    expect(diagnostics).toEqual([])
    const keyFile = sections[0]?.entries.get('key_file')?.value ?? ''
    expect(dirname(keyFile)).toBe(mountOf('keys'))
    const keys = Object.keys(find('Secret', 'oci-profiles-keys').stringData)
    expect(keys).toContain(keyFile.slice(mountOf('keys').length + 1))
  })

  test('has names and a database that the settings take, and a key that they do not', async () => {
    const secret = find('Secret').stringData
    const hosts = valueOf('OCI_PROFILES_ALLOWED_HOSTS').replace('$(POD_IP)', '10.0.0.7')
    const env = {
      OCI_PROFILES_ALLOWED_HOSTS: hosts,
      OCI_PROFILES_DATABASE_URL: secret['database-url'],
    }
    const settings = await loadOn({ env })
    expect(settings.get('allowed_hosts')).toContain('10.0.0.7')
    expect(() => readPostgresUrl(secret['database-url'])).not.toThrow()
    const withKey = loadOn({ env: { ...env, OCI_PROFILES_API_KEY: secret['api-key'] } })
    await expect(withKey).rejects.toMatchObject({ code: 'SETTING_INVALID' })
  })

  test('gives the container no rights that it does not need, and bounds its memory', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(container.resources.limits).toHaveProperty('memory')
    expect(container.resources.requests).toHaveProperty('memory')
  })

  test.runIf(isThere('kubectl'))('is what kubectl reads, too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kustomize-'))
    try {
      writeFileSync(join(folder, 'kubernetes.yaml'), text)
      writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [kubernetes.yaml]\n')
      const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: '/dev/null' }
      const options = { encoding: 'utf8', env, timeout: 20_000 } as const
      const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', folder], options)
      expect([status, stderr]).toEqual([0, ''])
      expect(parseAllDocuments(stdout)).toHaveLength(objects.length)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}
