/**
 * No test reaches beyond this machine: sockets and datagrams to other hosts fail with ERR_BEYOND_LOOPBACK.
 * Names may be looked up (nothing answers for `*.invalid`, which is what tests of DNS faults need).
 * Plain JavaScript, because child processes load it too, whichever Node they run on.
 */
import dgram from 'node:dgram'
import net from 'node:net'

const marker = Symbol.for('oci-profiles.test.refused-hosts')
const isGuarded = Array.isArray(globalThis[marker])

/** Hosts that this process tried to reach. */
export const refusedHosts = (globalThis[marker] ??= [])

if (!isGuarded) guard()

function guard() {
  const connect = net.Socket.prototype.connect
  net.Socket.prototype.connect = function connectToLoopback(...args) {
    const host = hostOf(args)
    if (isLoopback(host) || isReserved(host)) return connect.apply(this, args)
    refusedHosts.push(host)
    const error = Object.assign(new Error(`tests may not connect to ${host}`), {
      code: 'ERR_BEYOND_LOOPBACK',
    })
    process.nextTick(() => this.destroy(error))
    return this
  }

  const send = dgram.Socket.prototype.send
  dgram.Socket.prototype.send = function sendToLoopback(...args) {
    const host = args.findLast((arg) => typeof arg === 'string') ?? 'localhost'
    if (isLoopback(host)) return send.apply(this, args)
    refusedHosts.push(host)
    throw Object.assign(new Error(`tests may not send to ${host}`), { code: 'ERR_BEYOND_LOOPBACK' })
  }
}

/** The forms of `connect`: (options), (port, host), (path), or node:net's own normalised array of these. */
function hostOf(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object' && first !== null) {
    return first.path === undefined || first.path === null
      ? (first.host ?? 'localhost')
      : 'localhost'
  }
  return typeof second === 'string' ? second : 'localhost'
}

function isLoopback(host) {
  return /^(?:localhost\.?|0\.0\.0\.0|127(?:\.\d{1,3}){3}|\[?::1\]?|(?:::ffff:)127(?:\.\d{1,3}){3}|)$/i.test(
    host,
  )
}

/** Names that RFC 6761 promises never to exist: connecting fails as it does for a user. */
function isReserved(host) {
  return /\.invalid\.?$/i.test(host)
}
