/** What a person does to a profile, and what the page says of it afterwards. */
import { isolated } from '../format/isolated.ts'
import {
  checkProfile,
  readProfile,
  removeProfile,
  ServiceProblem,
  type Profile,
} from '../service/index.ts'
import { notify } from './notices.ts'
import { dropOne, putOne, type Row } from './rows.ts'
import { readTokensSoon } from './tokens.ts'

export async function checkNow(row: Row): Promise<void> {
  if (row.asked.peek()) return
  try {
    const profile = await whileAsked(row, async () => {
      await checkProfile(row.name)
      return (await readProfile(row.name)).value
    })
    takeOver(profile)
    tellResult(profile)
  } catch (error) {
    notify(reasonOf(error), 'bad')
  }
}

export async function removeNow(name: string): Promise<void> {
  await removeProfile(name)
  dropOne(name)
  notify(`${isolated(name)} was deleted.`)
}

/** Shows the row as being checked while the work goes on. */
export async function whileAsked<T>(row: Row | undefined, work: () => Promise<T>): Promise<T> {
  if (row) row.asked.value = true
  try {
    return await work()
  } finally {
    if (row) row.asked.value = false
  }
}

/** A profile as an answer has it is the newest that there is. */
export function takeOver(profile: Profile): void {
  putOne(profile)
  if (profile.authentication === 'security_token') readTokensSoon()
}

export function reasonOf(error: unknown): string {
  if (error instanceof ServiceProblem) return error.problem.detail
  return error instanceof Error ? error.message : String(error)
}

function tellResult({ auth_profile, useable, check }: Profile): void {
  if (useable) notify(`${isolated(auth_profile)} works.`, 'good')
  else notify(`${isolated(auth_profile)} fails: ${check?.code ?? ''}`, 'bad')
}
