/** What is to go wrong, for whom and how often; changeable while the emulator runs. Doing it is misbehave.ts's work. */
import type { Service } from './service.ts'
import type { Claim } from './signer-lookup.ts'

type Trouble =
  /** The service's clock is ahead by so much (negative: behind), in what it accepts and in its `Date` header. */
  | { kind: 'clock'; offsetMs: number }
  /** Answers come so much later. */
  | { kind: 'slow'; delayMs: number }
  /** Takes the request and never answers. */
  | { kind: 'silent' }
  /** Breaks the connection off (TCP reset) instead of answering. */
  | { kind: 'reset' }
  /** Answers a good request with this failure, 400 to 599. */
  | { kind: 'status'; status: number; retryAfterS?: number; code?: string; message?: string }
  /** Answers a good request with 200 and a page of HTML (default), other JSON, or JSON that ends too early. */
  | { kind: 'nonsense'; body?: 'html' | 'json' | 'broken_json' }
  /** Sends a good request somewhere else (302). */
  | { kind: 'redirect'; location: string }
  /** Promises more bytes than it sends, then ends the connection. */
  | { kind: 'truncated' }
  /** Promises more bytes than it sends, then falls silent. */
  | { kind: 'stalled' }

export type Fault = Trouble & {
  /** For the next so many requests; default: until it is taken back. */
  times?: number
  /** Only for calls to this service; default: all. */
  service?: Service
}

/** Before the request is verified: these hit bad requests too. */
export type ConnectionFault = Extract<Fault, { kind: 'silent' | 'reset' }>
/** In place of a good answer: a request that is signed wrongly never gets so far. */
export type AnswerFault = Exclude<Fault, { kind: 'clock' | 'slow' | 'silent' | 'reset' }>

export interface Trial {
  clockOffsetMs: number
  delayMs: number
  connection: ConnectionFault | null
  answer: AnswerFault | null
}

interface Pending {
  fault: Fault
  left: number
}

export class Faults {
  readonly #global: { pending: Pending[] } = { pending: [] }
  readonly #byOwner = new Map<string, Pending[]>()

  /** `null` for all requests, else the name of an identity or principal, or its OCID. Replaces what was set there before. */
  set(owner: string | null, faults: readonly Fault[]): void {
    const pending = faults.map(toPending)
    if (owner === null) this.#global.pending = pending
    else this.#byOwner.set(owner, pending)
  }

  /** What the next request has to go through. Of two faults of a kind, the identity's own comes before the global one. */
  take(claim: Claim, service: Service | null): Trial {
    const trial: Trial = { clockOffsetMs: 0, delayMs: 0, connection: null, answer: null }
    for (const pending of this.#matching(claim)) {
      const { fault } = pending
      if (pending.left === 0 || (fault.service && fault.service !== service)) continue
      pending.left--
      addTo(trial, fault)
    }
    return trial
  }

  #matching(claim: Claim): Pending[] {
    const own = claim.caller && this.#byOwner.get(claim.caller.name)
    const byOcid = claim.ocid === null ? undefined : this.#byOwner.get(claim.ocid)
    return [...(own ?? []), ...(byOcid ?? []), ...this.#global.pending]
  }
}

function addTo(trial: Trial, fault: Fault): void {
  switch (fault.kind) {
    case 'clock':
      trial.clockOffsetMs += fault.offsetMs
      return
    case 'slow':
      trial.delayMs += fault.delayMs
      return
    case 'silent':
    case 'reset':
      trial.connection ??= fault
      return
    default:
      trial.answer ??= fault
  }
}

/** Throws RangeError for a fault that could not be carried out. */
function toPending(fault: Fault): Pending {
  const { times = Infinity } = fault
  if (!(times >= 0)) throw new RangeError(`times is ${times}, expected 0 or more`)
  if (fault.kind === 'status' && !(fault.status >= 400 && fault.status <= 599)) {
    throw new RangeError(`status is ${fault.status}, expected 400 to 599`)
  }
  return { fault: { ...fault }, left: times }
}
