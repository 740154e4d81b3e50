const targets: { name: string; isMet: boolean; words: string }[] = []

export function target(name: string, isMet: boolean, words: string): void {
  targets.push({ name, isMet, words })
}

export function heading(words: string): void {
  console.log(`\n## ${words}\n`)
}

/** Prints columns padded to their widest cell; the first column to the left, the others to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): void {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell)))
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)))
  for (const row of cells) {
    console.log(
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
    )
  }
}

/** Every target of the sections that ran, with what was found, and how many were missed. */
export function printTargets(): number {
  if (targets.length === 0) return 0
  heading('Targets')
  for (const { name, isMet, words } of targets)
    console.log(`${isMet ? 'met   ' : 'MISSED'}  ${name}: ${words}`)
  const missCount = targets.filter(({ isMet }) => !isMet).length
  console.log(
    `\n${missCount === 0 ? 'All targets met.' : `${missCount} of ${targets.length} targets missed.`}`,
  )
  return missCount
}

/** Runs once; `ms`: by the clock, `cpuMs`: of the processor, which other programs on the machine do not disturb. */
export function timed<T>(run: () => T): { value: T; ms: number; cpuMs: number } {
  const [from, before] = [performance.now(), process.cpuUsage()]
  const value = run()
  const { user, system } = process.cpuUsage(before)
  return { value, ms: performance.now() - from, cpuMs: (user + system) / 1000 }
}
