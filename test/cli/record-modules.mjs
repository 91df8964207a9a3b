/** Loaded with --import: writes the URL of every module that the program loads, by whatever way, to stderr at the end. */
import { registerHooks } from 'node:module'
import { writeSync } from 'node:fs'

const urls = new Set()
registerHooks({
  load(url, context, nextLoad) {
    urls.add(url)
    return nextLoad(url, context)
  },
})
process.on('exit', () => {
  writeSync(2, [...urls].map((url) => `loaded ${url}\n`).join(''))
})
