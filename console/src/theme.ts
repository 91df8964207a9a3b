/** Light, dark, or as the system says; remembered in this browser. */
import { effect, signal } from '@preact/signals'
import { readStored, writeStored } from './storage.ts'

export const THEMES = ['system', 'light', 'dark'] as const

export type Theme = (typeof THEMES)[number]

const STORED = 'oci-profiles-theme'

export const theme = signal<Theme>(readTheme())

export function applyTheme(): void {
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value
  })
}

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  writeStored('localStorage', STORED, chosen)
}

function readTheme(): Theme {
  const stored = readStored('localStorage', STORED)
  return THEMES.find((each) => each === stored) ?? 'system'
}
