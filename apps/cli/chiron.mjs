#!/usr/bin/env node
// The `chiron` command inside this workspace: works on whatever Node the machine has, in the caller's folder.
const NEEDED_MAJOR = 20

if (Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR) {
  console.error(`chiron: this is Node ${process.versions.node}; Chiron needs Node ${NEEDED_MAJOR} or newer.`)
  process.exit(5)
}

void import('../../tools/launch/run-command.mjs').then((module) => module.runCommand(process.argv.slice(2)))
