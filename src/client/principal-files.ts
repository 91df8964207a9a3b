/** The files that a principal is made of here: whoever renews them changes what its profiles can do. */
import { isAbsolute } from 'node:path'
import { readVariable, type Environment } from './environment.ts'
import { serviceAccountPaths } from './principals/index.ts'
import { RESOURCE_PRINCIPAL_VARIABLES } from './signers/index.ts'

/** None for types that need none, and where the environment holds the values themselves. */
export function principalFiles(authentication: string, env: Environment): readonly string[] {
  if (authentication === 'oke_workload_identity') {
    const { authorityPath, tokenPath } = serviceAccountPaths(env)
    return [authorityPath, tokenPath]
  }
  if (authentication !== 'resource_principal') return []
  const values = RESOURCE_PRINCIPAL_VARIABLES.map((name) => readVariable(env, name))
  return values.filter((value) => value !== null).filter(isAbsolute)
}
