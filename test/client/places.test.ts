/** Where clients go: endpoints from regions and realms, and the variables that move them. */
import { OTHER_REALMS } from '../../src/client/place/other-realms.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Region } from 'oci-common'
import { GenerativeAiInferenceClient } from 'oci-generativeaiinference'
import { ObjectStorageClient } from 'oci-objectstorage'
import { describe, expect, test } from 'vitest'
import {
  initClient,
  resolveEndpoint,
  resolveRegion,
  type ClientClass,
  type Environment,
} from '../../src/client/index.ts'
import type { OciProfileInput } from '../../src/schemas/index.ts'
import { apiKeyProfile } from './profiles.ts'
import { makeFolder } from './temp-folder.ts'

/** No one's home. */
const HOME = makeFolder()
const tenancyIn = (realm: string) => `ocid1.tenancy.${realm}..aaaaaaaaexample`

/** What a client would call for that: the SDK leaves an option in its endpoints, which it settles before each call. */
async function endpointOf(
  clientClass: ClientClass<{ endpoint: string }>,
  fields: Partial<OciProfileInput>,
  env: Environment = {},
): Promise<string> {
  const client = await initClient(clientClass, apiKeyProfile(fields), { env: { HOME, ...env } })
  return client.endpoint.replace(/\{dualStack\?[^}]*\}/, '')
}

describe('the endpoint of Object Storage', () => {
  test.for<[string, Partial<OciProfileInput>, string]>([
    ['a region', { region: 'eu-frankfurt-1' }, 'eu-frankfurt-1.oraclecloud.com'],
    ['a short code', { region: 'iad' }, 'us-ashburn-1.oraclecloud.com'],
    [
      'a region of another realm',
      { region: 'us-gov-ashburn-1' },
      'us-gov-ashburn-1.oraclegovcloud.com',
    ],
    ['a short code of another realm', { region: 'vll' }, 'eu-madrid-2.oraclecloud.eu'],
    ['a region newer than the SDK', { region: 'eu-new-1' }, 'eu-new-1.oraclecloud.com'],
    [
      'a region newer than the SDK, in the realm of the tenancy',
      { region: 'ap-new-1', tenancy: tenancyIn('oc8') },
      'ap-new-1.oraclecloud8.com',
    ],
    [
      'a known region, whatever the realm of the tenancy',
      { region: 'eu-frankfurt-1', tenancy: tenancyIn('oc8') },
      'eu-frankfurt-1.oraclecloud.com',
    ],
  ])('is that of %s', async ([, fields, host]) => {
    expect(await endpointOf(ObjectStorageClient, fields)).toBe(`https://objectstorage.${host}`)
  })

  test('registers no region for the whole process', async () => {
    await endpointOf(ObjectStorageClient, { region: 'eu-unheard-1' })
    expect(Region.values().map(({ regionId }) => regionId)).not.toContain('eu-unheard-1')
  })
})

test.for([
  ['oc17', 'oraclecloud17.com'],
  ['oc22', 'psn-pco.it'],
])(
  'a new region in %s, which the SDK does not know, has its domain',
  async ([realm = '', domain]) => {
    const tenancy = tenancyIn(realm)
    const compartment = { genai_compartment_id: 'ocid1.compartment.oc1..x' }
    const genai = { tenancy, genai_region: 'eu-new-1', ...compartment }
    expect(await endpointOf(ObjectStorageClient, { region: 'eu-new-1', tenancy })).toBe(
      `https://objectstorage.eu-new-1.${domain}`,
    )
    expect(await endpointOf(GenerativeAiInferenceClient, genai)).toContain(
      `inference.generativeai.eu-new-1.oci.${domain}`,
    )
  },
)

test('the realms that are listed are none that the SDK knows', async () => {
  const { Realm } = await import('oci-common')
  const ids = Object.values(Realm).map((value) => (value instanceof Realm ? value.realmId : ''))
  expect(ids.filter((id) => OTHER_REALMS.has(id))).toEqual([])
})

describe('a region is refused', () => {
  test.for([
    'EU-FRANKFURT-1',
    'evil.example',
    'x.evil.example/',
    'a/b',
    'a@b',
    'a#',
    'a?',
    'a:1',
    '{secondLevelDomain}',
    'a b',
    'a\n',
    'ä',
    '\u212A',
    'a'.repeat(64),
    '%2e',
    '\\',
  ])('that is %j', async (region) => {
    const refusal = { code: 'REGION_INVALID', field: 'region' }
    await expect(endpointOf(ObjectStorageClient, { region })).rejects.toMatchObject(refusal)
    const profile = { genai_region: region, genai_compartment_id: 'ocid1.compartment.oc1..x' }
    const genai = endpointOf(GenerativeAiInferenceClient, profile)
    await expect(genai).rejects.toMatchObject({ code: 'REGION_INVALID', field: 'genai_region' })
  })

  test.for<[string, string | null]>([
    ['a realm that nobody knows', tenancyIn('oc99')],
    ['a realm that is another object’s property', tenancyIn('constructor')],
    ['a host in place of a realm', 'ocid1.tenancy.evil.example..x'],
    ['no tenancy', 'x'],
  ])('that is unknown, in a tenancy with %s', async ([, tenancy]) => {
    const refusal = { code: 'REALM_UNKNOWN', field: 'region' }
    await expect(
      endpointOf(ObjectStorageClient, { region: 'eu-new-1', tenancy }),
    ).rejects.toMatchObject(refusal)
  })

  test('that is missing', async () => {
    const refusal = { code: 'FIELD_MISSING', field: 'region' }
    await expect(endpointOf(ObjectStorageClient, { region: null })).rejects.toMatchObject(refusal)
  })
})

describe('regions of one’s own', () => {
  const entry = (fields: object = {}) => ({
    regionIdentifier: 'us-own-1',
    regionKey: 'OWN',
    realmKey: 'oc99',
    realmDomainComponent: 'own-cloud.com',
    ...fields,
  })

  function homeWith(content: unknown): string {
    const home = makeFolder()
    mkdirSync(join(home, '.oci'))
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    writeFileSync(join(home, '.oci', 'regions-config.json'), text)
    return home
  }

  const resolve = (region: string, env: Environment) =>
    resolveRegion({ region, tenancy: tenancyIn('oc1'), env })

  test.for<[string, string, Environment, string]>([
    ['the file', 'us-own-1', { HOME: homeWith([entry()]) }, 'regions-config'],
    ['the file, by short code', 'own', { HOME: homeWith([entry()]) }, 'regions-config'],
    [
      'the variable',
      'us-own-1',
      { HOME, OCI_REGION_METADATA: JSON.stringify(entry()) },
      'environment',
    ],
    [
      'the file before the variable',
      'us-own-1',
      {
        HOME: homeWith([entry()]),
        OCI_REGION_METADATA: JSON.stringify(entry({ realmKey: 'oc98' })),
      },
      'regions-config',
    ],
  ])('come from %s', async ([, region, env, knownBy]) => {
    const expected = {
      regionId: 'us-own-1',
      realmId: 'oc99',
      realmDomain: 'own-cloud.com',
      knownBy,
    }
    expect(await resolve(region, env)).toEqual(expected)
  })

  test('do not take the place of the SDK’s', async () => {
    const home = homeWith([entry({ regionIdentifier: 'us-ashburn-1' })])
    expect(await resolve('us-ashburn-1', { HOME: home })).toMatchObject({
      realmDomain: 'oraclecloud.com',
      knownBy: 'sdk',
    })
  })

  test.for<[string, Environment]>([
    ['a file that is not JSON', { HOME: homeWith('{') }],
    ['a file that is no list', { HOME: homeWith(entry()) }],
    ['a variable that is not JSON', { HOME, OCI_REGION_METADATA: '{' }],
    [
      'a domain with a path',
      { HOME, OCI_REGION_METADATA: JSON.stringify(entry({ realmDomainComponent: 'evil.com/x' })) },
    ],
    [
      'a domain with a port',
      { HOME, OCI_REGION_METADATA: JSON.stringify(entry({ realmDomainComponent: 'evil.com:1' })) },
    ],
    [
      'an address for a domain',
      { HOME, OCI_REGION_METADATA: JSON.stringify(entry({ realmDomainComponent: '127.0.0.1' })) },
    ],
    [
      'a domain of one word',
      { HOME, OCI_REGION_METADATA: JSON.stringify(entry({ realmDomainComponent: 'cloud' })) },
    ],
    [
      'no domain',
      { HOME, OCI_REGION_METADATA: JSON.stringify(entry({ realmDomainComponent: undefined })) },
    ],
    ['an entry that is null', { HOME: homeWith([null]) }],
  ])('are refused from %s', async ([, env]) => {
    await expect(resolve('us-own-1', env)).rejects.toHaveProperty('code', 'SETTING_INVALID')
  })
})

describe('the endpoint of GenAI inference', () => {
  const compartment = 'ocid1.compartment.oc1..x'
  test.for<[string, Partial<OciProfileInput>, string]>([
    ['the profile’s region', {}, 'eu-frankfurt-1.oci.oraclecloud.com'],
    [
      'the profile’s region without a compartment',
      { genai_region: 'us-chicago-1' },
      'eu-frankfurt-1.oci.oraclecloud.com',
    ],
    [
      'the profile’s region without a GenAI region',
      { genai_compartment_id: compartment },
      'eu-frankfurt-1.oci.oraclecloud.com',
    ],
    [
      'the GenAI region with a compartment',
      { genai_region: 'us-chicago-1', genai_compartment_id: compartment },
      'us-chicago-1.oci.oraclecloud.com',
    ],
    [
      'the GenAI region alone',
      { region: null, genai_region: 'ord', genai_compartment_id: compartment },
      'us-chicago-1.oci.oraclecloud.com',
    ],
    [
      'the realm of the GenAI region',
      {
        region: 'eu-frankfurt-1',
        genai_region: 'uk-gov-london-1',
        genai_compartment_id: compartment,
      },
      'uk-gov-london-1.oci.oraclegovcloud.uk',
    ],
  ])('is that of %s', async ([, fields, host]) => {
    const endpoint = await endpointOf(GenerativeAiInferenceClient, fields)
    expect(endpoint).toBe(`https://inference.generativeai.${host}/20231130`)
  })

  test('does not move that of other services', async () => {
    const fields = { genai_region: 'us-chicago-1', genai_compartment_id: compartment }
    expect(await endpointOf(ObjectStorageClient, fields)).toContain('eu-frankfurt-1')
  })
})

describe('OCI_PROFILES_ENDPOINT_URL', () => {
  const url = 'http://127.0.0.1:9'
  test.for<[string, Environment, string, string]>([
    ['moves all services', { OCI_PROFILES_ENDPOINT_URL: url }, url, `${url}/20231130`],
    [
      'may end with a slash',
      { OCI_PROFILES_ENDPOINT_URL: `${url}/base/` },
      `${url}/base`,
      `${url}/base/20231130`,
    ],
    [
      'can be said of one service, and goes before',
      {
        OCI_PROFILES_ENDPOINT_URL: url,
        OCI_PROFILES_ENDPOINT_URL_OBJECT_STORAGE: 'https://os.example',
      },
      'https://os.example',
      `${url}/20231130`,
    ],
    [
      'can be said of GenAI alone',
      { OCI_PROFILES_ENDPOINT_URL_GENERATIVE_AI_INFERENCE: url },
      'https://objectstorage.eu-frankfurt-1.oraclecloud.com',
      `${url}/20231130`,
    ],
    [
      'counts as unset when empty',
      { OCI_PROFILES_ENDPOINT_URL: '' },
      'https://objectstorage.eu-frankfurt-1.oraclecloud.com',
      'https://inference.generativeai.eu-frankfurt-1.oci.oraclecloud.com/20231130',
    ],
  ])('%s', async ([, env, storage, genai]) => {
    expect(await endpointOf(ObjectStorageClient, {}, env)).toBe(storage)
    expect(await endpointOf(GenerativeAiInferenceClient, {}, env)).toBe(genai)
  })

  test.for([
    'localhost:8080',
    'ftp://x',
    'file:///etc/passwd',
    'http://',
    'http://user:pw@x',
    'http://x?y',
    'http://x#y',
    'x',
  ])('is refused as %j', async (value) => {
    const refusal = { code: 'SETTING_INVALID', field: 'OCI_PROFILES_ENDPOINT_URL' }
    await expect(
      endpointOf(ObjectStorageClient, {}, { OCI_PROFILES_ENDPOINT_URL: value }),
    ).rejects.toMatchObject(refusal)
  })

  test('needs no region', async () => {
    expect(
      await endpointOf(ObjectStorageClient, { region: null }, { OCI_PROFILES_ENDPOINT_URL: url }),
    ).toBe(url)
  })
})

describe('resolveEndpoint', () => {
  const request = { region: 'us-gov-phoenix-1', tenancy: null }
  test.for([
    ['object_storage', 'https://objectstorage.us-gov-phoenix-1.oraclegovcloud.com'],
    [
      'generative_ai_inference',
      'https://inference.generativeai.us-gov-phoenix-1.oci.oraclegovcloud.com',
    ],
    ['identity', 'https://identity.us-gov-phoenix-1.oci.oraclegovcloud.com'],
    ['auth', 'https://auth.us-gov-phoenix-1.oraclegovcloud.com'],
  ] as const)('knows %s', async ([service, url]) => {
    expect(await resolveEndpoint({ ...request, service, env: { HOME } })).toBe(url)
    const env = { HOME, [`OCI_PROFILES_ENDPOINT_URL_${service.toUpperCase()}`]: 'http://x' }
    expect(await resolveEndpoint({ ...request, service, env })).toBe('http://x')
  })

  test('misses a region', async () => {
    const refusal = resolveEndpoint({ service: 'auth', region: null, tenancy: null, env: { HOME } })
    await expect(refusal).rejects.toMatchObject({ code: 'FIELD_MISSING', field: 'region' })
  })
})
