/** Realms that Oracle's Go and Java SDKs both know, and the TypeScript SDK does not: realm → domain. */
export const OTHER_REALMS: ReadonlyMap<string, string> = new Map([
  ['oc5', 'oraclecloud5.com'],
  ['oc16', 'oraclecloud16.com'],
  ['oc17', 'oraclecloud17.com'],
  ['oc22', 'psn-pco.it'],
  ['oc25', 'nricloud.jp'],
  ['oc27', 'oraclecloud27.com'],
  ['oc28', 'oraclecloud28.com'],
  ['oc31', 'sovereigncloud.nz'],
])
