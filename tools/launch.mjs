// The only door of every `npm run`: needs nothing but Node and npm, brings the rest. Old Node must be able to
// read this file to be told so, hence its plain syntax.
const NEEDED_MAJOR = 20

if (Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR) {
  console.error(
    `chiron: this is Node ${process.versions.node}, and Chiron needs Node ${NEEDED_MAJOR} or newer to start. ` +
      'Nothing was changed. Get one from https://nodejs.org, then try again.',
  )
  process.exit(1)
}

void import('./launch/run-verb.mjs').then((module) => module.runVerb(process.argv[2], process.argv.slice(3)))
