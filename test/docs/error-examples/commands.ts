/** What keeps `exec` from running a command. */
import type { StartCode } from '../../../src/errors.ts'
import type { Sandbox } from '../sandbox.ts'
import { linesOf, orFault, type Examples, type Outcome } from './example.ts'

const LINES = {
  COMMAND_NOT_FOUND: ['terrafrom', 'plan'],
  COMMAND_NOT_EXECUTABLE: ['./deploy.sh'],
} as const satisfies Partial<Record<StartCode, readonly string[]>>

export async function provokeCommandFaults(sandbox: Sandbox): Promise<Examples> {
  sandbox.write('deploy.sh', '#!/bin/sh\n')
  const examples: Examples = new Map()
  for (const [code, line] of Object.entries(LINES)) {
    examples.set(code as StartCode, await orFault(() => provoke(code, line, sandbox)))
  }
  return examples
}

async function provoke(code: string, line: readonly string[], sandbox: Sandbox): Promise<Outcome> {
  // A profile of any kind: the command is not there under any.
  const env = { OCI_CLI_AUTH: 'instance_principal' }
  const { stderr } = await sandbox.run(['exec', '--', ...line], { env })
  const found = linesOf(stderr, `error: ${code}: `)
  const fix = linesOf(stderr, 'fix: ')
  if (found === null || fix === null) return { fault: `not ${code}: ${stderr}` }
  return { language: 'text', text: `${found}\n${fix}` }
}
