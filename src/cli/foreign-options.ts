/** Options that people bring along from the OCI CLI and other programs, with what stands in their place here. */

const IN_THE_PROFILE = 'It belongs into the profile'

export const FOREIGN_OPTIONS: Readonly<Record<string, string>> = {
  '--auth': `${IN_THE_PROFILE}: authentication = ...; for DEFAULT the variable OCI_CLI_AUTH does it, too.`,
  '--region': `${IN_THE_PROFILE}: region = ...; for DEFAULT the variable OCI_CLI_REGION does it, too.`,
  '--endpoint': 'The variable OCI_PROFILES_ENDPOINT_URL names another endpoint.',
  '--cert-bundle': 'The variable OCI_CLI_CERT_BUNDLE names the file.',
  '--proxy': 'The variable HTTPS_PROXY names it.',
  '--query': 'Write --output json, and let a program such as jq take from it what you need.',
  '--raw-output': 'Write --output json, and let a program such as jq take from it what you need.',
  '--json': 'Write --output json.',
  '-o': 'Write --output.',
  '--cli-rc-file': 'No other file than the config file is read: --config-file names it.',
  '--defaults-file': 'No other file than the config file is read: --config-file names it.',
  '--config': 'Write --config-file.',
  '-f': 'Write --config-file.',
  '-p': 'Write --profile.',
  '-d': 'Write --debug.',
  '--verbose': 'Write --debug.',
  '--all': 'Name no profile, and all are meant.',
  '--no-retry': 'Nothing is tried twice here.',
  '--max-retries': 'Nothing is tried twice here.',
  '--connection-timeout': 'It cannot be changed: 1 s to connect.',
  '--read-timeout': 'It cannot be changed: 10 s to answer.',
}
