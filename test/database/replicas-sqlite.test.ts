import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe } from 'vitest'
import type { Sandbox } from '../lifecycle/sandbox.ts'
import { withSqlite } from './places.ts'
import { testShared, type Deployment } from './shared-settings.ts'

/** The folder of the file is exchanged for something else, as when a disk is not mounted. */
async function deploy(sandbox: Sandbox): Promise<Deployment> {
  const path = `${sandbox.folder}/data/core.db`
  const folder = dirname(path)
  await mkdir(folder)
  return {
    url: `sqlite:${path}`,
    // Long enough for several attempts to fail.
    outage: 3_000,
    async beginOutage() {
      renameSync(folder, `${folder}.away`)
      writeFileSync(folder, 'in the way')
    },
    async endOutage() {
      rmSync(folder)
      renameSync(`${folder}.away`, folder)
    },
    byHand: async (sql) => withSqlite(path, (file) => file.exec(sql)),
  }
}

describe('one service on SQLite', () => {
  testShared(1, deploy)
})
describe('two services on one SQLite file', () => {
  testShared(2, deploy)
})
