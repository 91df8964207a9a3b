/** Everything that can be known without running the software: two steps at a time, output only of those that fail. */
import { spawn } from 'node:child_process'

/** npm scripts, the longest first. */
const STEPS = ['shape', 'rules', 'lint', 'dead', 'types', 'format:check']
const AT_ONCE = 2

const waiting = STEPS.values()
const failed: string[] = []
await Promise.all(Array.from({ length: AT_ONCE }, work))
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.map((step) => `npm run ${step}`).join(', ')}`)
  process.exitCode = 1
}

async function work(): Promise<void> {
  for (const step of waiting) {
    const start = performance.now()
    const { code, output } = await run(step)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step} (${seconds} s)`)
    if (code === 0) continue
    failed.push(step)
    console.error(output.trimEnd())
  }
}

function run(step: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', step], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk: Buffer) => (output += chunk.toString())
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
