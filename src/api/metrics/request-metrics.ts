/** How many requests there are, how they end, and how long they take: by template of the route, never by path. */
import { Counter, Histogram, type Registry } from 'prom-client'
import { addGauge } from './gauge.ts'
import type { MetricSources } from './sources.ts'

export interface RequestMetrics {
  /** `route` is `null` for a path that no route has. */
  answered(method: string, route: string | null, status: number, seconds: number): void
  /** The client left before its answer. */
  aborted(method: string, route: string | null): void
  /** What came was no request, or did not come in time; it was answered with this status. */
  unreadable(status: number): void
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])

export function createRequestMetrics(
  { connections }: MetricSources,
  register: Registry,
): RequestMetrics {
  const answered = new Histogram({
    name: 'oci_profiles_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer; streams of events are left out.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [register],
  })
  const aborted = new Counter({
    name: 'oci_profiles_http_aborted_requests_total',
    help: 'Requests whose client left before the answer.',
    labelNames: ['method', 'route'],
    registers: [register],
  })
  const unreadable = new Counter({
    name: 'oci_profiles_http_unreadable_requests_total',
    help: 'Connections that sent something else than a request, or too slowly, by the status that ended them.',
    labelNames: ['status'],
    registers: [register],
  })
  addGauge(register, {
    name: 'oci_profiles_http_open_connections',
    help: 'Connections of clients that are open.',
    async collect() {
      this.set(await connections.open())
    },
  })
  addGauge(register, {
    name: 'oci_profiles_event_streams_open',
    help: 'Clients that listen to events.',
    collect() {
      this.set(connections.streams())
    },
  })

  return {
    answered: (method, route, status, seconds) =>
      answered.observe({ ...labels(method, route), status }, seconds),
    aborted: (method, route) => aborted.inc(labels(method, route)),
    unreadable: (status) => unreadable.inc({ status }),
  }
}

/** No more values than there are methods and routes, whatever somebody sends. */
function labels(method: string, route: string | null): { method: string; route: string } {
  return { method: METHODS.has(method) ? method : 'OTHER', route: route ?? 'unmatched' }
}
