import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTrajectory, thinSeries, trajectoryText } from './index.ts'

test('TRJ-1 what is written is read back to the last bit', () => {
  const sample = fc.array(fc.double({ noDefaultInfinity: true }), { minLength: 2, maxLength: 2 })
  const samples = fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), sample), {
    minLength: 1,
  })
  fc.assert(
    fc.property(samples, (rows) => {
      const times = rows.map(([time]) => time + 0).sort((a, b) => a - b)
      const trajectory = {
        columns: ['a,b', 'joint "2"'],
        timesMs: Float64Array.from(times),
        values: [0, 1].map((at) => Float64Array.from(rows, ([, values]) => values[at] as number)),
      }
      expect(readTrajectory(trajectoryText(trajectory))).toEqual(trajectory)
    }),
  )
})

test('TRJ-2 what makes no sense is refused with line and reason', () => {
  const cases: [string, number, string][] = [
    ['', 1, 'empty'],
    ['seconds,a\n1,2\n', 1, 'the first column is “seconds”'],
    ['time_ms\n1\n', 1, 'no column but the time'],
    ['time_ms,a,a\n1,2,3\n', 1, 'two columns are named “a”'],
    ['time_ms,,a\n1,2,3\n', 1, 'column 2 has no name'],
    ['time_ms,a\n', 2, 'no sample'],
    ['time_ms,a\n0,1\n\n5,1,2\n', 4, '3 fields where the header has 2'],
    ['time_ms,a\n0,1\n5,fast\n', 3, 'a is “fast”'],
    ['time_ms,a\n0,1\nx,2\n', 3, 'time_ms is “x”'],
    ['time_ms,a\n5,1\n4,2\n', 3, 'time goes back, from 5 to 4 ms'],
    ['time_ms,a\n0,Infinity\n', 2, 'a is “Infinity”'],
    ['time_ms,a\n0,"1\n', 2, 'never closed'],
  ]
  for (const [text, row, reason] of cases) {
    let refused: unknown
    try {
      readTrajectory(text)
    } catch (cause) {
      refused = cause
    }
    expect(refused, text).toMatchObject({ code: 'trajectory-malformed', facts: { row } })
    expect((refused as Error).message).toContain(reason)
  }
  expect(readTrajectory('time_ms,a\n0,\n0,nan\n').values[0]).toEqual(Float64Array.of(Number.NaN, Number.NaN))
})

test('TRJ-3 a long series keeps its ends and its extremes, a short one everything', () => {
  const times = Float64Array.from({ length: 10_000 }, (_, at) => at)
  const values = Float64Array.from(times, (at) => Math.sin(at / 50))
  values[4321] = 9
  values[7000] = -9
  values[5] = Number.NaN
  const thin = thinSeries(times, values, 200)
  expect(thin.timesMs.length).toBeLessThanOrEqual(202)
  expect([thin.timesMs[0], thin.timesMs.at(-1)]).toEqual([0, 9999])
  expect(thin.values).toContain(9)
  expect(thin.values).toContain(-9)
  expect(thin.timesMs).toEqual([...thin.timesMs].sort((a, b) => a - b))
  expect(thinSeries(times.slice(0, 8), values.slice(0, 8), 200).values[5]).toBeNull()
})
