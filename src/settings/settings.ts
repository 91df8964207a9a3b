/** All settings at one moment: never changed, every overlay makes a new one. */
import {
  defaultLayer,
  findValue,
  settingRow,
  stackLayers,
  type Found,
  type Layer,
  type SettingOrigin,
  type SettingSource,
} from './layers.ts'
import type { Environment, Place } from './place.ts'
import { SETTING_NAMES, type SettingName, type SettingValues } from './table.ts'

/** A setting as the API shows it. */
export interface SettingEntry extends SettingOrigin {
  /** JSON; a mask where it is secret. */
  value: unknown
  /** What it would be without any layer; a mask where it is secret. */
  default: unknown
  expected: string
  run_time: boolean
  help: string
}

export class Settings {
  readonly #place: Place
  readonly #layers: readonly Layer[]

  constructor(place: Place, layers: readonly Layer[]) {
    const others = layers.filter((layer) => layer.source !== 'default')
    this.#place = place
    this.#layers = stackLayers([...others, defaultLayer(place, stackLayers(others))])
  }

  /** The process's environment, completed by `.env`. */
  get env(): Environment {
    return this.#place.env
  }

  get cwd(): string {
    return this.#place.cwd
  }

  get home(): string {
    return this.#place.home
  }

  get<N extends SettingName>(name: N): SettingValues[N] {
    // Whatever is in a layer was read by the setting's own kind.
    return this.#find(name).value as SettingValues[N]
  }

  origin(name: SettingName): SettingOrigin {
    const { source, detail } = this.#find(name)
    return { source, detail }
  }

  /** The same settings with this layer in place of the one of its source. */
  with(layer: Layer): Settings {
    return new Settings(this.#place, [...this.#layers, layer])
  }

  /** What a layer holds by itself, whether it wins or not. */
  layerValues(source: SettingSource): Record<string, unknown> {
    const layer = this.#layers.find((each) => each.source === source)
    const values = [...(layer?.values ?? [])].map(([name, { value }]) => [name, value] as const)
    return Object.fromEntries(values)
  }

  /** Every setting by name, fit to be shown: secrets are masked. */
  entries(): Record<SettingName, SettingEntry> {
    const entries = SETTING_NAMES.map((name) => [name, this.#entry(name)] as const)
    return Object.fromEntries(entries) as Record<SettingName, SettingEntry>
  }

  #entry(name: SettingName): SettingEntry {
    const { kind, runTime, help } = settingRow(name)
    return {
      value: showValue(name, this.get(name)),
      ...this.origin(name),
      default: showValue(name, this.layerValues('default')[name]),
      expected: kind.expected,
      run_time: runTime,
      help,
    }
  }

  #find(name: SettingName): Found {
    const found = findValue(this.#layers, name)
    if (!found) throw new TypeError(`no layer has the setting ${name}`)
    return found
  }
}

/** A value as JSON for people to read. */
function showValue(name: SettingName, value: unknown): unknown {
  const row = settingRow(name)
  if (row.show) return row.show(value)
  return row.secret ? String(value) : value
}
