/** The layers of the settings in one array: which one wins, and where a value came from. */
import type { Place } from './place.ts'
import { variable } from './place.ts'
import type { Reading, Setting } from './setting.ts'
import { SETTING_NAMES, SETTINGS, type SettingName } from './table.ts'

/** From the strongest to the weakest. */
export const PRECEDENCE = [
  'flag',
  'environment',
  'configuration.json',
  'database',
  'default',
] as const

export type SettingSource = (typeof PRECEDENCE)[number]

export interface SettingOrigin {
  source: SettingSource
  /** Option, name of the variable or path of the file; `null` where the source says it all. */
  detail: string | null
}

/** An origin as a sentence names it. */
export function describeOrigin({ source, detail }: SettingOrigin): string {
  if (source === 'flag') return `the option ${detail}`
  if (source === 'environment') return `the environment variable ${detail}`
  if (source === 'configuration.json') return String(detail)
  return `the ${source}`
}

/** A value that was read, with its place in the layer. */
export interface Provided {
  value: unknown
  detail: string | null
}

export interface Layer {
  source: SettingSource
  values: ReadonlyMap<SettingName, Provided>
}

export interface Found extends Provided {
  source: SettingSource
}

/** In the order of precedence, whatever order they come in; a later layer of the same source replaces an earlier one. */
export function stackLayers(layers: readonly Layer[]): readonly Layer[] {
  return PRECEDENCE.flatMap((source) => layers.findLast((layer) => layer.source === source) ?? [])
}

/** The strongest layer that has a value. */
export function findValue(layers: readonly Layer[], name: SettingName): Found | undefined {
  for (const { source, values } of layers) {
    const provided = values.get(name)
    if (provided) return { ...provided, source }
  }
  return undefined
}

/** The weakest layer, which has every setting. `layers` are those above it: a default may depend on the host. */
export function defaultLayer(place: Place, layers: readonly Layer[]): Layer {
  const host = findValue(layers, 'host')?.value
  const known = typeof host === 'string' ? host : SETTINGS.host.makeDefault(place, '')
  const values = SETTING_NAMES.map((name) => [name, makeDefault(name, place, known)] as const)
  return { source: 'default', values: new Map(values) }
}

function makeDefault(name: SettingName, place: Place, host: string): Provided {
  const row = settingRow(name)
  const text = row.defaultEnv && variable(place.env, row.defaultEnv)
  const reading: Reading<unknown> | null = text ? row.kind.readText(text) : null
  if (row.defaultEnv && reading && 'value' in reading) {
    return { value: reading.value, detail: row.defaultEnv }
  }
  return { value: row.makeDefault(place, host), detail: null }
}

/** A row for whoever treats all settings alike. */
export function settingRow(name: SettingName): Setting<unknown> {
  return SETTINGS[name]
}
