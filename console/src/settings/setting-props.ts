/** What a row of the settings and its form are given. */
import type { Answer, Settings } from '../service/index.ts'

export type Shown = Answer<Settings>

export interface SettingProps {
  name: string
  shown: Shown
  onChange: (answer: Shown) => void
  onReadAgain: () => void
}
