/** The kinds of values that settings have. */
export { apiKeyKind, makeApiKey } from './api-key.ts'
export { databaseUrlKind, showDatabaseUrl, sqlitePath } from './database-url.ts'
export { hostKind, hostListKind } from './host.ts'
export { integerKind, portKind } from './integer.ts'
export { readPostgresUrl, type PostgresUrl } from './postgres-url.ts'
export { lineKind, oneOf } from './text.ts'
export { urlPrefixKind } from './url-prefix.ts'
