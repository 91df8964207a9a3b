/** Text as though it were a config file: no file is read, and the environment has no say. */
import type { Finding, LoadedProfile } from '../schemas/index.ts'
import { homeFolder } from './locate.ts'
import { buildProfiles } from './profiles.ts'
import { parseSections } from './sections.ts'

export interface ParsedConfigText {
  /** DEFAULT first, when it is a profile, then the sections in their order. */
  loaded: LoadedProfile[]
  /** As those of a file. */
  diagnostics: Finding[]
}

/** `home` is the folder that `~` stands for. */
export function parseConfigText(text: string, home: string = homeFolder()): ParsedConfigText {
  const { sections, diagnostics } = parseSections(text)
  const built = buildProfiles(sections, { file: '', home, overrides: new Map() })
  return { loaded: built.loaded, diagnostics: [...diagnostics, ...built.collisions] }
}
