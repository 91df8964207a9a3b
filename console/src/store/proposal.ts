/** A value that a finding proposes, on its way into the form. In memory: values do not belong into an address. */

export interface Proposal {
  name: string
  field: string
  /** `null`: the field is only to be looked at. */
  value: string | null
}

let waiting: Proposal | null = null

/** `null`: who was to have it has left. */
export function propose(proposal: Proposal | null): void {
  waiting = proposal
}

/** Gives it once, to the form of the profile that it is for. */
export function takeProposal(name: string): Proposal | null {
  const taken = waiting?.name === name ? waiting : null
  waiting = null
  return taken
}
