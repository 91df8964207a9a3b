'use strict'
/* After an install in a checkout: builds, so that the command works. Without the tools to build there is nothing to do. */

const { spawnSync } = require('node:child_process')
const { join } = require('node:path')
const { findNode, needed } = require('../bin/find-node.cjs')

const missing = ['typescript', 'esbuild', 'vite', 'preact'].filter((tool) => !isInstalled(tool))
const node = findNode()

if (missing.length > 0) skip(`${missing.join(', ')} not installed`)
else if (node === null) skip(`no Node ${needed} or newer here`)
else {
  const build = spawnSync(node, [join(__dirname, 'build.ts')], { stdio: 'inherit' })
  process.exitCode = build.status ?? 1
}

function isInstalled(tool) {
  try {
    require.resolve(`${tool}/package.json`)
    return true
  } catch {
    return false
  }
}

function skip(reason) {
  console.error(`oci-profiles: not built (${reason})`)
}
