/** What the environment says about the terminal: colours and width. */

type Env = Readonly<NodeJS.ProcessEnv>

const USUAL_WIDTH = 80

/**
 * `NO_COLOR` forbids colours. `FORCE_COLOR` asks for them even where there is no terminal (`| less -R`), and forbids them
 * when it is `0` or `false`. Empty values count as not set; without any, a terminal that has colours gets them.
 */
export function wantsColors(env: Env, hasColors: boolean): boolean {
  if (env['NO_COLOR']) return false
  const forced = env['FORCE_COLOR']
  return forced ? forced !== '0' && forced !== 'false' : hasColors
}

/** Columns: of the terminal itself; where it does not know (a serial line, an editor's shell), what `COLUMNS` says. */
export function widthOf(columns: number | undefined, env: Env): number {
  if (columns) return columns
  const told = Number(env['COLUMNS'])
  return Number.isInteger(told) && told > 0 ? told : USUAL_WIDTH
}
