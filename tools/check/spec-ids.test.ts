import { expect, test } from 'vitest'
import { parseSource } from './source.ts'
import { specFaults } from './spec-ids.ts'

const spec = {
  file: 'packages/core/src/log/SPEC.md',
  text: '# Log\n\n- **LOG-1** one\n| LOG-2 | two |\nSHA-256 of LOG-9\n',
}

function faultsOf(testText: string, pages = [spec]): string[] {
  const sources = [parseSource('packages/core/src/log/log.test.ts', testText)]
  return specFaults(pages, sources).map(({ file, line, message }) => `${file}:${line} ${message}`)
}

test('SPC-1 every stated rule is named by a test, whatever form the test has', () => {
  expect(faultsOf("test('LOG-1 a', f)\ntest.each([1])('LOG-2 b', f)")).toEqual([])
  expect(faultsOf("test.skipIf(x)('LOG-1 and LOG-2', f)")).toEqual([])
  expect(faultsOf("const slow = test.skipIf(x)\nslow('LOG-1', f)\nslow(`LOG-2 too`, f)")).toEqual([])
  expect(faultsOf("test('LOG-1 a', f) // LOG-2")).toEqual([
    'packages/core/src/log/SPEC.md:4 no test names LOG-2',
  ])
})

test('SPC-2 a test cites no rule that is not stated', () => {
  const faults = faultsOf("test('LOG-1 LOG-2', f)\ntest('LOG-7 SHA-256 a', f)")
  expect(faults).toEqual(['packages/core/src/log/log.test.ts:2 cites LOG-7, which no SPEC states'])
})

test('SPC-3 a worker rule that holds has a test; one that does not hold yet needs none', () => {
  const rules = { file: 'docs/worker-rules.md', text: '| WR-1 | holds |\n| WR-2 | not yet |\n' }
  const good = "test('LOG-1 LOG-2', f)\n"
  expect(faultsOf(good, [spec, rules])).toEqual(['docs/worker-rules.md:1 no test names WR-1'])
  expect(faultsOf(`${good}test('WR-1 the pay is shown', f)`, [spec, rules])).toEqual([])
})

test('SPC-4 no id is stated twice', () => {
  const other = { file: 'packages/core/src/pay/SPEC.md', text: '- **LOG-1** again' }
  expect(faultsOf("test('LOG-1 LOG-2', f)", [spec, other])).toEqual([
    'packages/core/src/pay/SPEC.md:1 LOG-1 is stated elsewhere too',
  ])
})
