/**
 * Loaded before the program (`--import`): the network of a sandbox. Each `host:port` of SANDBOX_NETWORK is a port of this
 * machine (0: one that refuses); names that are not there do not exist, addresses that are not there refuse.
 */
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { isIP, Socket } from 'node:net'

interface ConnectOptions {
  host?: string
  port?: number | string
  path?: string
}

type Found = (error: Error | null, address?: string | dns.LookupAddress[], family?: number) => void

/** Nobody listens there: a port so low is given to nobody by chance. */
const REFUSING_PORT = 1
/** Looked up in place of names that are there, and of those that are not: the guard of all tests lets both pass. */
const HERE = 'localhost'
const NOWHERE = '.invalid'

const routes = JSON.parse(process.env['SANDBOX_NETWORK'] ?? '{}') as Record<string, number>
const prototype = Socket.prototype as { connect: (this: Socket, ...args: unknown[]) => Socket }
const connect = prototype.connect

prototype.connect = function connectInSandbox(...args) {
  const options = optionsOf(args)
  if (options !== null) divert(options)
  return connect.apply(this, args)
}
Object.assign(dns, { lookup: lookupInSandbox })
syncBuiltinESMExports()

/** `null` for forms that no program of ours uses to leave this machine. */
function optionsOf([first]: unknown[]): ConnectOptions | null {
  const options: unknown = Array.isArray(first) ? first[0] : first
  return typeof options === 'object' && options !== null ? options : null
}

function divert(options: ConnectOptions): void {
  const { host = HERE, port, path } = options
  if (path || isLoopback(host)) return
  const there = routes[`${host}:${port}`]
  if (there === undefined && isIP(host) === 0) {
    options.host = host + NOWHERE
    return
  }
  options.host = isIP(host) === 0 ? HERE : '127.0.0.1'
  options.port = there || REFUSING_PORT
}

/** Like the system's, but for the words of an error: nobody else is asked. */
function lookupInSandbox(name: string, options: dns.LookupOptions, callback: Found): void {
  if (name.endsWith(NOWHERE)) {
    const error = new Error(`getaddrinfo ENOTFOUND ${name.slice(0, -NOWHERE.length)}`)
    process.nextTick(callback, Object.assign(error, { code: 'ENOTFOUND', syscall: 'getaddrinfo' }))
    return
  }
  const address = isIP(name) === 0 ? '127.0.0.1' : name
  const family = isIP(address)
  if (options.all === true) process.nextTick(callback, null, [{ address, family }])
  else process.nextTick(callback, null, address, family)
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host)
}
