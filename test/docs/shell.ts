/** A POSIX shell that is told one command after the other, as a person would; variables stay set from one to the next. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomUUID } from 'node:crypto'

export interface Shell extends AsyncDisposable {
  /** What the command printed, on stdout and stderr, without its last line end. */
  run(command: string): Promise<string>
}

const LIMIT_MS = 60_000

export function openShell(env: Record<string, string>, cwd: string): Shell {
  const child = spawn('sh', [], { env, cwd, stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const mark = `end-${randomUUID()}`
  let text = ''
  let look = () => {}
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    look()
  })
  child.stdin.write('umask 022\nexec 2>&1\n')

  const untilMark = () =>
    new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no end: ${text}`)), LIMIT_MS)
      look = () => {
        const end = text.indexOf(mark)
        if (end === -1) return
        clearTimeout(timer)
        resolve(text.slice(0, end))
        text = ''
      }
      look()
    })
  return {
    async run(command) {
      // Braces, not brackets: what it exports stays. The next command finds its exit code in $?.
      child.stdin.write(`{ ${command}\n} </dev/null\nended=$?\nprintf ${mark}\n(exit $ended)\n`)
      return (await untilMark()).replace(/\n$/, '')
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end('exit\n')
      await closed
    },
  }
}
