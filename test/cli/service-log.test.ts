import { expect, test } from 'vitest'
import { createServiceLog } from '../../src/cli/service-log.ts'

function watched() {
  const lines: string[] = []
  const stderr = { isTTY: false, write: (text: string) => void lines.push(text) }
  const log = createServiceLog(stderr as unknown as Parameters<typeof createServiceLog>[0], 'info')
  return { log, lines }
}

test.each(['warn', 'error', 'silent'])('what is audited is on record at level %s, too', (level) => {
  const { log, lines } = watched()
  log.level = level
  log.info({}, 'unheard')
  log.audit({ audit: true, profiles: ['PROD'] }, 'sensitive fields were read')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    audit: true,
    profiles: ['PROD'],
    msg: 'sensitive fields were read',
  })
})
