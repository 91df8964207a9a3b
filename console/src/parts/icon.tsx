/** Line icons of 20 × 20, drawn in the colour of the text. Those who cannot see them have the words beside. */

const PATHS = {
  check: 'M4.5 10.5l3.5 3.5 7.5-8.5',
  cross: 'M6 6l8 8M14 6l-8 8',
  plus: 'M10 4v12M4 10h12',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5L17 17',
  copy: 'M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3',
  edit: 'M4 16l.8-3.4L13.2 4.2l2.6 2.6L7.4 15.2zM11.7 5.7l2.6 2.6',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.5 9v4.5M11.5 9v4.5',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  refresh:
    'M15.8 8A6.2 6.2 0 0 0 4.4 7.4M4.2 12a6.2 6.2 0 0 0 11.4.6M4.2 3.8v3.8H8M15.8 16.2v-3.8H12',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 1.8v1.7M10 16.5v1.7M1.8 10h1.7M16.5 10h1.7M4.2 4.2l1.2 1.2M14.6 14.6l1.2 1.2M4.2 15.8l1.2-1.2M14.6 5.4l1.2-1.2',
  moon: 'M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3z',
  system: 'M3 4.5h14v9H3zM7.5 16.5h5M10 13.5v3',
  leave: 'M8 3.5H4v13h4M12.5 6.5L16 10l-3.5 3.5M16 10H8',
  left: 'M11.5 5L6.5 10l5 5',
  warning: 'M10 3.2L18 16.5H2zM10 8v4M10 13.8v.7',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.2v4.3M10 6.3v.7',
  sort: 'M10 4v12M5.5 11.5L10 16l4.5-4.5',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
