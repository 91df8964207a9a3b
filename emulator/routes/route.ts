/** What a route is, and how a path finds it. */
import type { Access, Directory } from '../access.ts'
import type { Answer } from '../answer.ts'
import type { Caller } from '../callers.ts'
import type { ReceivedRequest } from '../received-request.ts'
import type { TokenClaims } from '../tokens.ts'
import type { ObjectStore } from './object-store.ts'

/** A verified request. */
export interface Call {
  caller: Caller
  /** `null` when it was not signed with the key of a token. */
  token: TokenClaims | null
  /** The parts of the path that the template names, percent-decoded. */
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  headers: ReceivedRequest['headers']
  body: Buffer
  /** The service's clock, in milliseconds. */
  now: number
}

/** What the services remember. */
export interface World extends Directory {
  objects: ObjectStore
}

export interface Route {
  method: 'GET' | 'PUT' | 'POST'
  /** `{name}` stands for one segment, `{name...}` for all that are left. */
  path: string
  access: Access
  answer: (call: Call, world: World) => Answer
}

/** The parameters, raw, if the path is of the route's form. */
export function matchPath(template: string, path: string): Record<string, string> | null {
  const wanted = template.split('/')
  const given = path.split('/')
  const params: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const name = /^\{(\w+)(\.\.\.)?\}$/.exec(part)
    if (name === null) {
      if (part !== given[i]) return null
      continue
    }
    const value = name[2] ? given.slice(i).join('/') : given[i]
    if (!value) return null
    params[name[1]!] = value
    if (name[2]) return params
  }
  return wanted.length === given.length ? params : null
}

/** `null` where a value is not valid percent-encoding. */
export function decodeParams(raw: Readonly<Record<string, string>>): Record<string, string> | null {
  try {
    return Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, decodeURIComponent(value)]),
    )
  } catch {
    return null
  }
}
