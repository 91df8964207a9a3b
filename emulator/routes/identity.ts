/** Identity (IAM), version 20160918: the regions. */
import { jsonAnswer } from '../answer.ts'
import { REGIONS } from '../regions.ts'
import type { Route } from './route.ts'

export const IDENTITY: readonly Route[] = [
  {
    method: 'GET',
    path: '/20160918/regions',
    access: 'standard',
    answer: () => jsonAnswer(REGIONS),
  },
]
