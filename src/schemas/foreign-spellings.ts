/** Names that a field goes by elsewhere. */
import type { EditableField } from './profile.ts'

/** What other tools and people call a field, with `_` between words: too far from its name for a comparison of spelling. */
export const FOREIGN_SPELLINGS: ReadonlyMap<string, EditableField> = new Map([
  ['auth', 'authentication'],
  ['auth_type', 'authentication'],
  ['authtype', 'authentication'],
  ['key', 'key_content'],
  ['key_fingerprint', 'fingerprint'],
  ['key_path', 'key_file'],
  ['passphrase', 'pass_phrase'],
  ['password', 'pass_phrase'],
  ['private_key', 'key_content'],
  ['private_key_file', 'key_file'],
  ['private_key_password', 'pass_phrase'],
  ['private_key_path', 'key_file'],
  ['region_id', 'region'],
  ['region_name', 'region'],
  ['tenancy_id', 'tenancy'],
  ['tenancy_ocid', 'tenancy'],
  ['tenancyid', 'tenancy'],
  ['user_id', 'user'],
  ['user_ocid', 'user'],
  ['userid', 'user'],
])
