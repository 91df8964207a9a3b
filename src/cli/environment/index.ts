/** Profiles as environment variables: for shells, for files and for commands that run under one. */
export { childEnvironment } from './child-environment.ts'
export { environmentToChooseIn } from './environment-to-choose-in.ts'
export { formatVariables } from './formats.ts'
export { ociVariables } from './oci-variables.ts'
export type { ChosenProfile, ProfileVariables, VariableOptions } from './profile-values.ts'
export { isReadFromFile, terraformVariables } from './terraform-variables.ts'
