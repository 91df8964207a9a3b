/** Settings and readiness, as functions. */
import { call, problemOf, send, type Answer } from './call.ts'
import type { Readiness, Settings } from './wire.ts'

export function readSettings(): Promise<Answer<Settings>> {
  return call('GET', 'settings')
}

export function changeSettings(
  values: Record<string, unknown>,
  ifMatch: string | null,
): Promise<Answer<Settings>> {
  return call('PUT', 'settings', { body: values, ifMatch })
}

/** A service that is stopping answers 503 and says how it is all the same. */
export async function readReadiness(): Promise<Readiness> {
  const response = await send('GET', 'health/ready', {})
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  if (!isJson) throw await problemOf(response)
  return (await response.json()) as Readiness
}
