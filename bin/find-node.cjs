'use strict'
/* Which Node may run this package. Node 12 must be able to read this file: nothing newer in it. */

const path = require('path')

const manifest = require('../package.json')

/** The version that `engines` asks for, such as "24.15". */
const needed = manifest.engines.node.replace(/^>=/, '')

function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  const [wantedMajor, wantedMinor] = needed.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** The executable that came with the package's dependencies, or null. */
function pinnedNode() {
  const isWindows = process.platform === 'win32'
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`
  try {
    const file = require.resolve(`${name}/package.json`)
    if (!isNewEnough(require(file).version)) return null
    return path.join(path.dirname(file), 'bin', isWindows ? 'node.exe' : 'node')
  } catch {
    return null
  }
}

/** The running Node if it will do, else the pinned one, else null. */
function findNode() {
  return isNewEnough(process.version) ? process.execPath : pinnedNode()
}

module.exports = { needed, findNode }
