/** Pages that need no key, because they hold no data: the console, the API to try, and what each error code means. */
import fastifyStatic from '@fastify/static'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ERRORS } from '../../errors.ts'
import { packageRoot } from '../../package-root.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { requestPath } from '../request-path.ts'
import { consoleRoutes } from './console.ts'
import { pageHeaders } from './page-headers.ts'

const SWAGGER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js']

export async function pageRoutes(
  app: TypedApp,
  define: DefineRoute,
  options: ApiOptions,
): Promise<void> {
  const { urlPrefix } = options
  const hidden = { schema: { hide: true }, config: { area: 'pages' } } as const
  // Swagger UI writes style attributes and draws its icons from data URLs.
  const headers = pageHeaders({ styles: " 'unsafe-inline'", images: ' data:' })
  await app.register(fastifyStatic, {
    root: join(packageRoot(), 'console'),
    serve: false,
    // The build leaves compressed twins beside the files that are worth it.
    preCompressed: true,
  })
  consoleRoutes(app, define, options)
  const swaggerFolder = findSwaggerUi()

  define(
    `${urlPrefix}/docs`,
    {
      GET: () =>
        app.get(`${urlPrefix}/docs`, hidden, async (request, reply) => {
          // The page names its files relative to this folder.
          if (!request.url.startsWith(`${urlPrefix}/docs/`))
            return reply.redirect(`${urlPrefix}/docs/`)
          return reply.headers(headers).sendFile('api.html')
        }),
    },
    { area: 'pages' },
  )
  for (const file of ['api.js', 'api.css']) {
    define(
      `${urlPrefix}/docs/${file}`,
      {
        GET: () =>
          app.get(`${urlPrefix}/docs/${file}`, hidden, async (_request, reply) =>
            reply.headers(headers).sendFile(file),
          ),
      },
      { area: 'pages' },
    )
  }
  const lasting = { ...headers, 'cache-control': 'max-age=3600' }
  for (const file of SWAGGER_FILES) {
    if (swaggerFolder === null) break
    define(
      `${urlPrefix}/docs/${file}`,
      {
        GET: () =>
          app.get(`${urlPrefix}/docs/${file}`, hidden, async (_request, reply) =>
            reply.headers(lasting).sendFile(file, swaggerFolder),
          ),
      },
      { area: 'pages' },
    )
  }
  const errors = errorsPage()
  define(
    `${urlPrefix}/docs/errors`,
    {
      GET: () =>
        app.get(`${urlPrefix}/docs/errors`, hidden, async (request, reply) => {
          // Its style sheet is named relative to the folder above.
          if (requestPath(request).endsWith('/')) return reply.redirect(`${urlPrefix}/docs/errors`)
          return reply.headers(headers).type('text/html; charset=utf-8').send(errors)
        }),
    },
    { area: 'pages' },
  )
}

/** The build has the files; a checkout that was not built has the package, and an install without tools has neither. */
function findSwaggerUi(): string | null {
  const built = join(packageRoot(), 'dist', 'swagger-ui')
  if (existsSync(built)) return built
  try {
    return dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui.css')))
  } catch {
    return null
  }
}

/** The table of errors, with an anchor for each code: `type` of a problem leads here. */
function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { title, status, fix }]) =>
      `<section id="${code}"><h2>${code}</h2><p>${title}${status === null ? '' : ` (HTTP ${status})`}.</p><p>${escape(fix)}</p></section>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Error codes of oci-profiles</title><link rel="stylesheet" href="api.css"><header><h1>Error codes</h1><p><a href="../">Console</a></p></header><main>${rows.join('\n')}</main></html>`
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
