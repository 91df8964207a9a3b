/** A misspelt region: said where its host has no name, and where its realm is not known. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectOffline, runCheck } from '../../src/check/index.ts'
import { TransportError } from '../../src/client/index.ts'
import { makeMaterial, type Material } from './material.ts'

let material: Material
beforeAll(async () => {
  material = await makeMaterial()
})
afterAll(() => material[Symbol.asyncDispose]())

/** As the resolver fails, without asking it. */
function check(region: string, host = `objectstorage.${region}.oraclecloud.com:443`) {
  const message = `The name of ${host} could not be resolved (ENOTFOUND, after 3 ms)`
  const unresolved = () => Promise.reject(new TransportError('DNS_FAILED', message))
  return runCheck(material.profile({ region }), {
    env: {},
    initClient: unresolved,
  })
}

test.each([
  ['eu-frankfrut-1', 'eu-frankfurt-1'],
  ['us-ashbrun-1', 'us-ashburn-1'],
  ['eu-frankfurt', 'eu-frankfurt-1'],
  ['frankfurt', 'eu-frankfurt-1'],
])('DNS_FAILED of %s asks for %s', async (region, nearest) => {
  const { check: result } = await check(region)
  expect(result).toMatchObject({
    code: 'DNS_FAILED',
    message: `The name of objectstorage.${region}.oraclecloud.com:443 could not be resolved (ENOTFOUND, after 3 ms): ${region} is not a region that the SDK knows, did you mean ${nearest}?`,
    fix: `Write region = ${nearest}; if ${region} is right, check the network and the DNS server.`,
  })
})

test.each([
  ['a region that is known', 'eu-frankfurt-1', undefined],
  ['a region that is near to none', 'xx-nowhere-7', undefined],
  ['the name of a proxy', 'eu-frankfrut-1', 'the proxy proxy.example:3128 of HTTPS_PROXY'],
])('DNS_FAILED of %s asks for nothing', async (_, region, host) => {
  const { check: result } = await check(region, host)
  expect(result.code).toBe('DNS_FAILED')
  expect(result.message).not.toContain('did you mean')
})

test('REALM_UNKNOWN asks for the nearest region, too', async () => {
  const tenancy = 'ocid1.tenancy.oc987..aa'
  const find = (region: string) =>
    inspectOffline(material.profile({ region, tenancy }), { env: {} })
  const [misspelt] = await find('eu-frankfrut-1')
  expect(misspelt?.message).toMatch(/: did you mean eu-frankfurt-1\?$/)
  expect(misspelt?.fix).toMatch(/^Write region = eu-frankfurt-1\. /)
  const [unknown] = await find('xx-nowhere-7')
  expect(unknown).toMatchObject({ code: 'REALM_UNKNOWN' })
  expect(unknown?.message).not.toContain('did you mean')
})
