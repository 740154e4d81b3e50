import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRows } from '../csv/index.ts'
import {
  csvText,
  readAnswers,
  readComparisons,
  readNumbers,
  readPoints,
  readSegments,
  readTruth,
} from './index.ts'

test('CRD-1 columns are found by name, in any order, others are left alone', () => {
  const text = '\uFEFFlabel,when,worker,task\r\nyes,1,ann,t1\r\nno,2,bob,t1\r\n'
  expect(readAnswers(text)).toEqual({
    rows: [
      { task: 't1', worker: 'ann', label: 'yes' },
      { task: 't1', worker: 'bob', label: 'no' },
    ],
    lines: [2, 3],
    faults: [],
  })
  const named = readAnswers('item,who,said\n1,2,3\n', { task: 'item', worker: 'who', label: 'said' })
  expect(named.rows).toEqual([{ task: '1', worker: '2', label: '3' }])
})

test('CRD-1 a missing or doubled column is a fault of line 1 that says what is there', () => {
  const faultOf = (text: string) => readAnswers(text).faults
  expect(faultOf('item,worker,label\n1,2,3\n')).toEqual([
    { line: 1, why: 'there is no column “task”; the columns are “item”, “worker”, “label”' },
  ])
  expect(faultOf('task,worker,label,label\n')[0]?.why).toBe('two columns are named “label”')
  expect(faultOf('task; worker; label\n')[0]?.why).toContain('“task; worker; label”')
  expect(faultOf('')[0]?.why).toBe('the file is empty; its first line must name task, worker, label')
  const voter = readComparisons('left,right,winner\na,b,tie\n', { worker: 'voter' })
  expect(voter.faults[0]?.why).toContain('no column “voter”')
})

test('CRD-2 quoted fields hold commas, quotes and line breaks, and lines are counted through them', () => {
  const text = 'task,worker,label\n"a,1","x ""y""","two\nlines"\nb,w,\n'
  expect(readAnswers(text)).toMatchObject({
    rows: [{ task: 'a,1', worker: 'x "y"', label: 'two\nlines' }],
    faults: [{ line: 4, why: 'no label' }],
  })
})

test('CRD-2 quotes that make no sense are faults of their line, the others are read', () => {
  const text = 'task,worker,label\na,w"x,l\n"b"c,w,l\nd,w,l\ne,w,"l\nf,w,l\n'
  const { rows, faults } = readAnswers(text)
  expect(rows).toEqual([{ task: 'd', worker: 'w', label: 'l' }])
  expect(faults.map(({ line }) => line)).toEqual([2, 3, 5])
  expect(faults.map(({ why }) => why)).toEqual([
    'a quote stands inside a field that is not quoted',
    'text follows a closing quote',
    'a quote opened here is never closed; nothing after it was read',
  ])
})

test('CRD-3 malformed rows are named by line with the reason, the others are read', () => {
  const answers = readAnswers('task,worker,label\n1,2\n\n1,2,3,4\n,w,l\n1,w, l\n')
  expect(answers.faults).toEqual([
    { line: 2, why: '2 fields where the header has 3' },
    { line: 4, why: '4 fields where the header has 3' },
    { line: 5, why: 'no task' },
  ])
  expect(answers.rows).toEqual([{ task: '1', worker: 'w', label: ' l' }])

  const numbers = readNumbers('task,worker,label\nt,w,1.5e1\nt,w,1_0\nt,w,NaN\nt,w,0x1f\nt,w,1e999\nt,w, 1\n')
  expect(numbers.rows).toEqual([{ task: 't', worker: 'w', value: 15 }])
  expect(numbers.faults.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7])
  expect(numbers.faults[0]?.why).toBe('label is “1_0”, which is not a number')

  const points = readPoints('task,keypoint,worker,x,y\nt,k,w,1,-2.5\nt,k,w,1,two\n')
  expect(points.rows).toEqual([{ task: 't', keypoint: 'k', worker: 'w', x: 1, y: -2.5 }])
  expect(points.faults).toEqual([{ line: 3, why: 'y is “two”, which is not a number' }])

  const spans = readSegments('task,worker,start,end,label\nt,w,0,1.5,grasp\nt,w,2,2,lift\n')
  expect(spans.rows).toEqual([{ task: 't', worker: 'w', start: 0, end: 1.5, label: 'grasp' }])
  expect(spans.faults).toEqual([{ line: 3, why: 'the span ends at 2, not after its start 2' }])

  const overlapping = readSegments(
    'task,worker,start,end,label\nt,w,2,5,a\nt,w,0,3,b\nt,v,1,4,a\nt,w,5,6,c\n',
  )
  expect(overlapping.rows.map(({ start }) => start)).toEqual([0, 1, 5])
  expect(overlapping.faults).toEqual([
    { line: 2, why: 'the span overlaps the one on line 3 of the same worker' },
  ])

  const votes = readComparisons('left,right,winner,worker\na,b,left,w\na,b,LEFT,w\na,a,tie,w\na,b,tie,\n')
  expect(votes.rows).toEqual([
    { left: 'a', right: 'b', winner: 'left', worker: 'w' },
    { left: 'a', right: 'b', winner: 'tie' },
  ])
  expect(votes.faults).toEqual([
    { line: 3, why: 'the winner is “LEFT”; it can be left, right or tie' },
    { line: 4, why: '“a” is compared with itself' },
  ])
})

test('CRD-4 a truth given twice, differently, is named with both lines', () => {
  const { known, faults } = readTruth('task,label\na,1\nb,2\na,1\na,2\n')
  expect([...known]).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
  expect(faults).toEqual([{ line: 5, why: 'task “a” is “2” here and “1” on line 2' }])
})

test('CRD-5 what is written is read back the same', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('', '"', ',', '\n', '\r\n', '\uFEFF', ' a "b", c\n'))
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 })
  fc.assert(
    fc.property(rows, (written) => {
      const text = csvText(['a', 'b', 'c'], written)
      expect([...csvRows(text)].map(({ cells }) => cells)).toEqual([['a', 'b', 'c'], ...written])
    }),
  )
  expect([...csvRows(csvText([''], [['']]))].map(({ cells }) => cells)).toEqual([[''], ['']])
})
