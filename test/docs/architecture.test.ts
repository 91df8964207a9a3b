import { expect, test } from 'vitest'
import { ROOMS } from '../../scripts/house/rooms.ts'
import { readPage, sectionsOf, tableRows } from './page.ts'

/** Words of the page for what a room may import; `api`'s list is what "the same" means in the row below it. */
function words(text: string): string[] {
  if (text === 'nothing') return []
  const list = text.replace('the same', (ROOMS['api'] ?? []).join(', ')).split(', ')
  return list.filter((word) => word !== 'package-root.ts').toSorted()
}

/** Files beside the rooms go by their names there; where the package lies may be asked by whoever needs it. */
function named(allowed: readonly string[]): string[] {
  const names = allowed.filter((word) => word !== 'package-root.ts')
  return names.map((word) => word.replace(/\.ts$/, '')).toSorted()
}

test('docs/architecture.md has the table of rooms that the import rules enforce', () => {
  const rows = tableRows(sectionsOf(readPage('architecture.md')).get('Rooms') ?? '')
  const documented = rows.map(([room = '', , allowed = '']) => [
    room.replaceAll(/[`/]/g, ''),
    words(allowed),
  ])
  const rooms = documented.filter(([room]) => Object.hasOwn(ROOMS, String(room)))
  expect(rooms).toEqual(Object.entries(ROOMS).map(([room, allowed]) => [room, named(allowed)]))
})
