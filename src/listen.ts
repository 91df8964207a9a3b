/** Opens the port of an app, and tells what stands in the way. */
import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { OciProfilesError } from './errors.ts'
import type { Settings } from './settings/index.ts'

interface Listener {
  listen: FastifyInstance['listen']
  server: { address(): string | AddressInfo | null }
}

/** Address of the service as a browser on this machine would write it. Throws PORT_IN_USE or ADDRESS_UNAVAILABLE. */
export async function listen(app: Listener, settings: Settings): Promise<string> {
  const host = settings.get('host')
  const port = settings.get('port')
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, host, port)
  }
  const bound = (app.server.address() as AddressInfo).port
  return `http://${reachableName(host)}:${bound}${settings.get('url_prefix')}`
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (error.code === 'EADDRINUSE') {
    return new OciProfilesError('PORT_IN_USE', `Port ${port} on ${host} is taken`, {
      field: 'port',
    })
  }
  if (error.code === 'EACCES') {
    const fix = 'Choose a port from 1024 up.'
    return new OciProfilesError('ADDRESS_UNAVAILABLE', `Port ${port} needs more rights`, { fix })
  }
  const isAddressFault = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL', 'EAFNOSUPPORT']
  if (!isAddressFault.includes(error.code ?? '')) return error
  return new OciProfilesError('ADDRESS_UNAVAILABLE', `${host} is not an address of this machine`, {
    field: 'host',
  })
}

/** "All addresses" cannot be called; this machine can. */
function reachableName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
