import { boundaryF, type Segment, segmentF, temporalIou } from '@chiron/core/agreement'
import { seededRandom } from '@chiron/core/kit'
import { aggregateSegments, type SegmentAnswer } from '@chiron/core/segments'
import { meanOf } from './accuracy.ts'
import { cellsOf } from './golden.ts'
import { heading, table } from './report.ts'

/** TVSum's shots last two seconds; a rating from here on (of 5) makes a shot worth keeping. */
const SHOT_SECONDS = 2
const KEPT_FROM = 3
const CHOSEN = 5
const MEASURES = ['same label', 'boundaries within 2 s', 'overlap by half'] as const

/**
 * Spans that people would keep of 50 videos: five raters made into one segmentation, and each of them alone, against what
 * most of the other fifteen say of each shot. There is no truth about such spans: the others stand for it.
 */
export function judgeSegments(): void {
  heading('temporal_tvsum: spans worth keeping, five of twenty raters against most of the others')
  const videos = [...Map.groupBy(cellsOf('temporal_tvsum', 'answers.csv'), ([task]) => task!.slice(0, 3))]
  const found: Record<string, number[][]> = { 'one rater': [], 'ours, of five': [] }
  for (const [task, cells] of videos) {
    const kept = new Map<string, boolean[]>()
    for (const [shot, worker, label] of cells) {
      const own = kept.get(worker!) ?? []
      own[Number(shot!.slice(4))] = Number(label) >= KEPT_FROM
      kept.set(worker!, own)
    }
    const raters = seededRandom(task).shuffle([...kept.keys()].sort())
    const [chosen, others] = [raters.slice(0, CHOSEN), raters.slice(CHOSEN)]
    const shots = kept.get(raters[0]!)!
    const reference = spansOf(
      shots.map((_, at) => 2 * others.filter((rater) => kept.get(rater)![at]).length > others.length),
    )
    const answers = chosen.map((worker) => ({ worker, spans: spansOf(kept.get(worker)!) }))
    const rows: SegmentAnswer[] = answers.flatMap(({ worker, spans }) =>
      spans.map((span) => ({ ...span, task, worker })),
    )
    for (const { spans } of answers) found['one rater']!.push(fitOf(reference, spans))
    found['ours, of five']!.push(fitOf(reference, aggregateSegments(rows, new Map([[task, chosen]]))))
  }
  table([
    ['', ...MEASURES],
    ...Object.entries(found).map(([name, fits]) => [
      name,
      ...MEASURES.map((_, at) => meanOf(fits.map((fit) => fit[at]!)).toFixed(3)),
    ]),
  ])
}

const fitOf = (reference: readonly Segment[], spans: readonly Segment[]): number[] => [
  temporalIou(reference, spans),
  boundaryF(reference, spans, SHOT_SECONDS).f,
  segmentF(reference, spans),
]

/** Runs of kept shots, in seconds. */
function spansOf(kept: readonly boolean[]): Segment[] {
  const spans: { start: number; end: number; label: string }[] = []
  for (const [at, isKept] of kept.entries()) {
    const [start, end] = [at * SHOT_SECONDS, (at + 1) * SHOT_SECONDS]
    if (!isKept) continue
    if (spans.at(-1)?.end === start) spans.at(-1)!.end = end
    else spans.push({ start, end, label: 'keep' })
  }
  return spans
}
