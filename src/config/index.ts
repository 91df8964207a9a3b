/** Config file → profiles with provenance, in the dialect of Python's configparser. */
export { expandHome, locateConfigFile, type LocateOptions } from './locate.ts'
export { parseOciConfigFile, type ParsedConfigFile } from './read-profiles.ts'
export { parseSections, type Entry, type ParsedSections, type Section } from './sections.ts'
