import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApi, type TestApi } from '../api/harness.ts'
import { readPage, sectionsOf, tableRows } from './page.ts'

interface Operation {
  parameters?: { name: string; in: string }[]
}

/** Text by `GET /v1/oci-profiles`. */
const rows = new Map(
  tableRows(sectionsOf(readPage('api.md')).get('Routes') ?? '').map(
    ([method, path = '', text = '']) => [`${method} ${path.replaceAll('`', '')}`, text],
  ),
)

describe('docs/api.md', () => {
  let api: TestApi
  let operations: Map<string, Operation>

  beforeAll(async () => {
    api = await startApi()
    const { paths } = (await api.call('GET', '/v1/openapi.json')).json
    operations = new Map(
      Object.entries<Record<string, Operation>>(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => [
          `${method.toUpperCase()} ${path}`,
          operation,
        ]),
      ),
    )
  })
  afterAll(() => api.close())

  test('lists the operations of the OpenAPI document, and no other', () => {
    expect([...rows.keys()].toSorted()).toEqual([...operations.keys()].toSorted())
  })

  test('names exactly the query parameters of each operation', () => {
    const known = [...operations].map(([route, { parameters = [] }]) => [
      route,
      parameters
        .filter((parameter) => parameter.in === 'query')
        .map(({ name }) => name)
        .toSorted(),
    ])
    const documented = [...operations.keys()].map((route) => [
      route,
      [...(rows.get(route) ?? '').matchAll(/\?(\w+)=/g)].map(([, name = '']) => name).toSorted(),
    ])
    expect(documented).toEqual(known)
  })
})
