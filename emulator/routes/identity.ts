/** Identity (IAM), version 20160918: the regions. */
import { jsonAnswer } from '../answer.ts'
import type { Route } from './route.ts'

const REGIONS = [
  { key: 'FRA', name: 'eu-frankfurt-1' },
  { key: 'IAD', name: 'us-ashburn-1' },
  { key: 'LHR', name: 'uk-london-1' },
  { key: 'NRT', name: 'ap-tokyo-1' },
  { key: 'PHX', name: 'us-phoenix-1' },
]

export const IDENTITY: readonly Route[] = [
  {
    method: 'GET',
    path: '/20160918/regions',
    signing: 'standard',
    answer: () => jsonAnswer(REGIONS),
  },
]
