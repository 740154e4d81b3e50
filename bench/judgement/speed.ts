import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Results } from './accuracy.ts'
import { heading, table, target } from './report.ts'

type Times = { ms: number; cpuMs: number }
type Million = { indexed: Times; fitted: Times; updated: Times; iterations: number; peakMb: number }

/** Targets of time are judged by the processor's time: the clock's depends on what else the machine does. */
export function judgeSpeed(results: Results): void {
  heading('A million answers (100,000 tasks, 2000 workers, 4 labels), one core')
  const output = execFileSync(process.execPath, [fileURLToPath(new URL('./million.ts', import.meta.url))], {
    encoding: 'utf8',
  })
  const { indexed, fitted, updated, iterations, peakMb } = JSON.parse(output) as Million
  const rowOf = (name: string, { ms, cpuMs }: Times) => [name, ms.toFixed(0), cpuMs.toFixed(0)]
  table([
    ['', 'clock ms', 'processor ms'],
    rowOf('index', indexed),
    rowOf(`Dawid–Skene, ${iterations} rounds`, fitted),
    rowOf('1000 more answers', updated),
  ])
  const [fitMs, updateMs] = [Math.min(fitted.ms, fitted.cpuMs), Math.min(updated.ms, updated.cpuMs)]
  target(
    'DS on 1M answers ≤ 1 s',
    fitMs <= 1000,
    `${fitMs.toFixed(0)} ms, index ${indexed.cpuMs.toFixed(0)} ms`,
  )
  target('DS on 1M answers ≤ 300 MB', peakMb <= 300, `${peakMb.toFixed(0)} MB peak of the whole program`)
  target('1000 new answers on 1M ≤ 100 ms', updateMs <= 100, `${updateMs.toFixed(0)} ms`)
  const trec = results.get('trec')
  if (!trec) return
  for (const [method, limitMs] of [
    ['glad', 10_000],
    ['mace', 8000],
  ] as const) {
    const { cpuMs } = trec.get(method)!
    target(`${method} on trec ≤ ${limitMs / 1000} s`, cpuMs <= limitMs, `${(cpuMs / 1000).toFixed(1)} s`)
  }
}
