/** The console → a folder of static files: page, script and style, with compressed twins beside them. */
import { join } from 'node:path'
import { build } from 'vite'

export async function buildConsole(folder: string): Promise<void> {
  const configFile = join(import.meta.dirname, '../console/vite.config.ts')
  await build({ configFile, mode: 'production', build: { outDir: folder } })
}
