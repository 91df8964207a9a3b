/** Regions that the user adds to those of the SDK: `~/.oci/regions-config.json` and `OCI_REGION_METADATA`, as all of Oracle's SDKs read them. */
import { join } from 'node:path'
import { OciProfilesError } from '../../errors.ts'
import { homeFolder, readVariable, type Environment } from '../environment.ts'
import { FileFaultError, readSmallFile } from '../read-small-file.ts'
import type { KnownRegion } from './sdk-table.ts'

export interface OwnRegions {
  regions: readonly KnownRegion[]
  knownBy: 'regions-config' | 'environment'
}

const VARIABLE = 'OCI_REGION_METADATA'
const DOMAIN =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
const NAME = /^[a-z0-9-]{1,63}$/

/** In the order in which they are asked. Rejects with `SETTING_INVALID` for a source that is there and cannot be read. */
export async function ownRegions(env: Environment): Promise<OwnRegions[]> {
  const path = join(homeFolder(env), '.oci', 'regions-config.json')
  const file = await readOptional(path)
  const variable = readVariable(env, VARIABLE)
  return [
    { knownBy: 'regions-config', regions: file === null ? [] : parse(file, path, path) },
    {
      knownBy: 'environment',
      regions:
        variable === null
          ? []
          : parse(`[${variable}]`, `The environment variable ${VARIABLE}`, VARIABLE),
    },
  ]
}

async function readOptional(path: string): Promise<string | null> {
  try {
    return (await readSmallFile(path)).toString('utf8')
  } catch (error) {
    if (error instanceof FileFaultError && error.fault === 'missing') return null
    throw invalid(path, error instanceof Error ? error.message : 'cannot be read', path)
  }
}

function parse(text: string, name: string, field: string): KnownRegion[] {
  let entries: unknown
  try {
    entries = JSON.parse(text)
  } catch {
    throw invalid(name, 'is not JSON', field)
  }
  if (!Array.isArray(entries)) throw invalid(name, 'is not an array of regions', field)
  return entries.map((entry) => toRegion(entry) ?? fail(name, field))
}

function toRegion(entry: unknown): KnownRegion | null {
  if (typeof entry !== 'object' || entry === null) return null
  const text = (name: string): string => {
    const value = (entry as Record<string, unknown>)[name]
    return typeof value === 'string' ? value.trim().toLowerCase() : ''
  }
  const regionId = text('regionIdentifier')
  const realmId = text('realmKey')
  const realmDomain = text('realmDomainComponent')
  if (!NAME.test(regionId) || !NAME.test(realmId) || !DOMAIN.test(realmDomain)) return null
  return { regionId, realmId, realmDomain, code: text('regionKey') || null }
}

function fail(name: string, field: string): never {
  throw invalid(
    name,
    'holds a region without a proper regionIdentifier, realmKey or realmDomainComponent',
    field,
  )
}

function invalid(name: string, fault: string, field: string): OciProfilesError {
  return new OciProfilesError('SETTING_INVALID', `${name} ${fault}`, {
    field,
    fix:
      'Write each region as {"regionIdentifier": "us-example-1", "regionKey": "EXA", ' +
      '"realmKey": "oc99", "realmDomainComponent": "example-cloud.com"}.',
  })
}
