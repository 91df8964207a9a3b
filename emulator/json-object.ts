/** Text as one JSON object. */

export type JsonObject = Readonly<Record<string, unknown>>

/** `null` for everything that is not one object. */
export function parseJsonObject(text: Buffer): JsonObject | null {
  try {
    return asObject(JSON.parse(text.toString()))
  } catch {
    return null
  }
}

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null
}
