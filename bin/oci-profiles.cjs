#!/usr/bin/env node
'use strict'
/*
 * Starts the command line on a Node that can run it. Whichever Node comes first in PATH reads this file and must be able
 * to say what is wrong: nothing newer than Node 12 in it.
 */

const fs = require('fs')
const path = require('path')
const url = require('url')

const { findNode, needed } = require('./find-node.cjs')

const node = findNode()
if (node === process.execPath) start()
else if (node === null) refuse()
else handOver(node)

/** The build where there is one, else the sources, which Node runs as they are. */
function start() {
  const root = path.join(__dirname, '..')
  const entries = [path.join(root, 'dist', 'cli.js'), path.join(root, 'src', 'cli', 'main.ts')]
  const entry = entries.find((file) => fs.existsSync(file))
  if (entry === undefined) return fail('oci-profiles is not built: run "npm run build".')
  require('module').enableCompileCache()
  if (process.env.NO_COLOR && process.env.FORCE_COLOR) spendColorWarning()
  void import(url.pathToFileURL(entry).href)
}

/**
 * Node warns once whoever sets both that NO_COLOR is ignored, which here it is not. Nobody hears that once; whatever else
 * Node has to say is said as ever.
 */
function spendColorWarning() {
  const { WriteStream } = require('tty')
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    WriteStream.prototype.getColorDepth.call(null, { NO_COLOR: '1', FORCE_COLOR: '1' })
  } finally {
    process.emitWarning = emitWarning
  }
}

/** Runs this file again on another Node; signals, streams and exit code pass through. */
function handOver(executable) {
  // Loaded here: most runs hand over to nobody and start faster without them.
  const childProcess = require('child_process')
  const os = require('os')
  const tty = require('tty')
  // Keys typed at a terminal reach the child directly; passing them on would send them twice.
  const typed = [0, 1, 2].some((stream) => tty.isatty(stream)) ? ['SIGINT', 'SIGQUIT'] : []
  // Before the child is there: a signal in between would end this process and leave the child alone.
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2']) {
    if (!(signal in os.constants.signals)) continue
    process.on(signal, () => {
      if (!typed.includes(signal)) child.kill(signal)
    })
  }
  const args = [...process.execArgv, __filename, ...process.argv.slice(2)]
  const child = childProcess.spawn(executable, args, { stdio: 'inherit' })
  child.on('error', (error) => fail(`oci-profiles could not start ${executable}: ${error.message}`))
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 128 + os.constants.signals[signal]
  })
}

function refuse() {
  fail(
    `oci-profiles needs Node ${needed} or newer; this is Node ${process.versions.node}.\n` +
      'Install it from https://nodejs.org/, or with a version manager: "nvm install 24", "fnm install 24".',
  )
}

function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exitCode = 2
}
