/** `~` in paths, as Python's `os.path.expanduser` has it for one's own home. */

/** Replaces `~` in `~` and `~/…`; any other path, `~other/…` included, stays as it is. */
export function expandTilde(path: string, home: string): string {
  if (path !== '~' && !path.startsWith('~/')) return path
  return home.replace(/(?<!\/)\/+$/, '') + path.slice(1) || '/'
}
