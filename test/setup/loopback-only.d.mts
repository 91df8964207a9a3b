/** Hosts that this process tried to reach. */
export const refusedHosts: string[]
