/** `configuration.json` → the object in it. Which names and values it may hold is configuration-layer.ts's work. */
import { OciProfilesError } from '../errors.ts'
import { findJsonFault } from '../schemas/index.ts'
import { readTextFile } from './text-file.ts'

/**
 * Empty where the file is not there and need not be (`isNamed` false).
 * Throws CONFIGURATION_FILE_INVALID with the place of the fault, never with the text there.
 */
export async function readConfigurationFile(
  file: string,
  isNamed: boolean,
): Promise<Record<string, unknown>> {
  const read = await readTextFile(file)
  if (read.state === 'text') return parseObject(file, read.text)
  if (read.state === 'folder') throw unusable(file, 'is a folder')
  if (read.state === 'unreadable') throw unusable(file, read.fact)
  if (isNamed) throw unusable(file, 'does not exist')
  return {}
}

function parseObject(file: string, text: string): Record<string, unknown> {
  const raw = parseJson(file, text)
  const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw)
  if (!isObject) throw unusable(file, 'is not a JSON object')
  return raw as Record<string, unknown>
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which may hold the API key.
    const place = findJsonFault(text)
    throw unusable(file, `is not JSON: line ${place?.line}, column ${place?.column}`)
  }
}

function unusable(file: string, fact: string): OciProfilesError {
  return new OciProfilesError('CONFIGURATION_FILE_INVALID', `${file} ${fact}`, {
    field: 'configuration_file',
  })
}
