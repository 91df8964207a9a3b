/** How each profile is doing, as its record says at the moment of the scrape. */
import type { Gauge, Registry } from 'prom-client'
import type { ProfileRecord } from '../../registry/index.ts'
import type { CheckResult } from '../../schemas/index.ts'
import { typeLabel } from './check-metrics.ts'
import { addGauge } from './gauge.ts'
import type { MetricSources } from './sources.ts'

export function createProfileMetrics({ registry }: MetricSources, register: Registry): void {
  const setAll = (
    gauge: Gauge<'auth_profile'>,
    valueOf: (record: ProfileRecord) => number | null,
  ) => {
    gauge.reset()
    for (const record of registry.records()) {
      const value = valueOf(record)
      if (value !== null) gauge.set(nameOf(record), value)
    }
  }

  addGauge(register, {
    name: 'oci_profiles_profile_useable',
    help: '1 when the last check of the profile succeeded, else 0.',
    labelNames: ['auth_profile'],
    collect() {
      setAll(this, ({ profile }) => (profile.useable ? 1 : 0))
    },
  })
  addGauge(register, {
    name: 'oci_profiles_profile_last_check_timestamp_seconds',
    help: 'When the last check of the profile ended, in seconds since 1970.',
    labelNames: ['auth_profile'],
    collect() {
      setAll(this, ({ profile }) => seconds(profile.check?.checked_at ?? null))
    },
  })
  addGauge(register, {
    name: 'oci_profiles_token_expiry_timestamp_seconds',
    help: 'When the session token of the profile ends or has ended, in seconds since 1970.',
    labelNames: ['auth_profile'],
    collect() {
      setAll(this, ({ tokenExpiresAt }) => seconds(tokenExpiresAt))
    },
  })
  addGauge(register, {
    name: 'oci_profiles_profile_check_info',
    help: '1, with the result code of the last check as label; "OK" for success, "PENDING" before the first.',
    labelNames: ['auth_profile', 'authentication', 'code'],
    collect() {
      this.reset()
      for (const record of registry.records()) {
        const { authentication, check } = record.profile
        const labels = { authentication: typeLabel(authentication), code: codeOf(check) }
        this.set({ ...nameOf(record), ...labels }, 1)
      }
    },
  })
}

/** Half of a surrogate pair has no form in UTF-8. */
function nameOf({ profile }: ProfileRecord): { auth_profile: string } {
  return { auth_profile: profile.auth_profile.toWellFormed() }
}

function seconds(time: string | null): number | null {
  const ms = time === null ? NaN : Date.parse(time)
  return Number.isNaN(ms) ? null : ms / 1000
}

function codeOf(check: CheckResult | null): string {
  if (check === null || check.status === 'pending') return 'PENDING'
  return check.code ?? 'OK'
}
