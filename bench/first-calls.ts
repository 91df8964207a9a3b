/** Federation calls for many first calls at once on one instance principal: all wait for the same token. */
import { startEmulator } from '../emulator/index.ts'
import type { Bench, Figure } from './figure.ts'
import { median } from './rounds.ts'
import { runNode } from './run-node.ts'

const CALLS = 100
const ROUNDS = 3

export const firstCalls: Bench = { name: 'first-calls', run }

async function run(): Promise<Figure[]> {
  const rounds: FirstCalls[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await callOnNewInstance())
  const seconds = median(rounds.map((one) => one.seconds)).toFixed(2)
  return [
    {
      name: `federation calls for ${CALLS} first calls at once`,
      // The worst round counts.
      value: Math.max(...rounds.map(({ federations }) => federations)),
      unit: 'count',
      aim: { exactly: 1 },
      detail: `all answered after ${seconds} s`,
    },
  ]
}

interface FirstCalls {
  federations: number
  /** Until all have their answer. */
  seconds: number
}

async function callOnNewInstance(): Promise<FirstCalls> {
  await using emulator = await startEmulator()
  await emulator.addPrincipal({
    kind: 'instance',
    name: 'bench',
    tenancy: `ocid1.tenancy.oc1..${'t'.repeat(60)}`,
    namespace: 'bench',
  })
  const seconds = await runNode<number>({
    file: 'first-calls.ts',
    args: [String(CALLS)],
    env: {
      OCI_METADATA_BASE_URL: `${emulator.url}/opc/v2`,
      OCI_PROFILES_ENDPOINT_URL: emulator.url,
    },
  })
  return { federations: emulator.requestCounts.federation, seconds }
}
