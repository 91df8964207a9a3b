/** The console at `/`: files that the build made, open to everybody, because they hold no data. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../package-root.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { pageHeaders } from './page-headers.ts'

/** Names of the files have a hash of their content in them. */
const FOREVER = 'public, max-age=31536000, immutable'

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The console is not built</title>
<link rel="stylesheet" href="docs/api.css">
<main>
<h1>The console is not built</h1>
<p>In the folder of oci-profiles, run <code>npm run build</code> and load this page again.</p>
<p>The REST API works without it: <a href="docs/">docs</a>.</p>
</main>
</html>`

export function consoleRoutes(app: TypedApp, define: DefineRoute, { urlPrefix }: ApiOptions): void {
  const hidden = { schema: { hide: true }, config: { area: 'pages' } } as const
  const headers = pageHeaders({ images: ' data:' })
  const folder = join(packageRoot(), 'dist', 'console')

  define(
    `${urlPrefix}/`,
    {
      GET: () =>
        app.get(`${urlPrefix}/`, hidden, async (request, reply) => {
          // The page names its files, and finds the API, relative to this folder.
          if (!request.url.startsWith(`${urlPrefix}/`)) return reply.redirect(`${urlPrefix}/`)
          void reply.headers(headers)
          if (existsSync(join(folder, 'index.html'))) {
            return reply.sendFile('index.html', folder, { cacheControl: false })
          }
          return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
        }),
    },
    { area: 'pages' },
  )
  define(
    `${urlPrefix}/assets/:file`,
    {
      GET: () =>
        app.get(`${urlPrefix}/assets/:file`, hidden, async (request, reply) => {
          const { file } = request.params as { file: string }
          void reply.headers({ ...headers, 'cache-control': FOREVER })
          return reply.sendFile(file, join(folder, 'assets'), { cacheControl: false })
        }),
    },
    { area: 'pages' },
  )
}
