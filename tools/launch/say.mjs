/** One plain line on stderr, so that a verb's own output stays clean. */
export function say(text) {
  process.stderr.write(`chiron: ${text}\n`)
}
