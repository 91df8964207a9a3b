/** The tools that read the same config file, in the order in which they are shown. */

export const TOOLS = [
  'go_sdk',
  'typescript_sdk',
  'java_sdk',
  'python_sdk',
  'oci_cli_session',
] as const

export type Tool = (typeof TOOLS)[number]

/** The OCI CLI reads the file by way of the Python SDK; its session commands have a reader of their own besides. */
const NAMES: Record<Tool, readonly string[]> = {
  go_sdk: ['the Go SDK'],
  typescript_sdk: ['the TypeScript SDK'],
  java_sdk: ['the Java SDK'],
  python_sdk: ['the Python SDK', 'the OCI CLI'],
  oci_cli_session: ['the session commands of the OCI CLI'],
}

/** The subject of a sentence, and the forms of its verb. */
export interface Subject {
  /** `The Go SDK and the Java SDK`. */
  name: string
  /** `read` + `s`. */
  s: 's' | ''
  does: 'does' | 'do'
  is: 'is' | 'are'
  it: 'it' | 'they'
}

const ONE: Omit<Subject, 'name'> = { s: 's', does: 'does', is: 'is', it: 'it' }
const SEVERAL: Omit<Subject, 'name'> = { s: '', does: 'do', is: 'are', it: 'they' }

/** For a sentence about one tool that is named elsewhere: `drops region`. */
export const IT: Subject = { name: '', ...ONE }

/** Those whose name one would miss where all are meant. */
const EVERYDAY = TOOLS.filter((tool) => tool !== 'oci_cli_session')

export function subjectOf(tools: readonly Tool[]): Subject {
  if (EVERYDAY.every((tool) => tools.includes(tool))) return { name: 'All other tools', ...SEVERAL }
  const names = namesOf(tools)
  const isOne = names.length === 1 && !tools.includes('oci_cli_session')
  return { name: capital(listed(names)), ...(isOne ? ONE : SEVERAL) }
}

function namesOf(tools: readonly Tool[]): string[] {
  // What the OCI CLI does in general, its session commands do, too.
  const told = tools.includes('python_sdk')
    ? tools.filter((tool) => tool !== 'oci_cli_session')
    : tools
  return TOOLS.filter((tool) => told.includes(tool)).flatMap((tool) => NAMES[tool])
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
