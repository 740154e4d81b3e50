import { assertSegments, type Segment } from '../agreement/index.ts'
import { assert, compareStrings, groupBy, sortBy } from '../kit/index.ts'

/** A stretch of a task's time that a worker labelled. Any unit of time, the same for all. */
export type SegmentAnswer = Segment & { readonly task: string; readonly worker: string }

export type AgreedSegment = Segment & {
  readonly task: string
  /** The share of workers who said so, over its time. */
  readonly probability: number
  /** How many workers put a boundary of theirs nearest to each end, within half of the segment. */
  readonly startCount: number
  readonly endCount: number
}

/** A stretch between two neighbouring boundaries of anybody, and what workers say there; '' is a gap. */
type Stretch = { start: number; end: number; label: string; share: number }

const GAP = ''

/**
 * One segmentation per task from workers whose segments differ in number, ends and labels. At each time the label of
 * most workers, a gap being one; so each boundary lies at the median of theirs. Slivers shorter than half of the
 * shortest segment that anybody gave go to the neighbour with more support. Ties go to what was there before, at the
 * beginning to a gap. `workers`: who looked at a task and found nothing has no rows: name them to be counted.
 */
export function aggregateSegments(
  answers: Iterable<SegmentAnswer>,
  workers: ReadonlyMap<string, readonly string[]> = new Map(),
): AgreedSegment[] {
  const byTask = groupBy(answers, ({ task }) => task)
  return sortBy([...byTask], ([task]) => task).flatMap(([task, rows]) => {
    assertSegments(rows)
    const voters = new Set([...rows.map(({ worker }) => worker), ...(workers.get(task) ?? [])])
    const own = sortBy(rows, ({ start }) => start)
    assertNoOverlap(own)
    const stretches = withoutSlivers(votesOverTime(own, voters.size), own)
    return stretches
      .filter(({ label }) => label !== GAP)
      .map(({ share, ...segment }) => ({
        task,
        ...segment,
        probability: share,
        startCount: supportOf(own, segment, 'start'),
        endCount: supportOf(own, segment, 'end'),
      }))
  })
}

function assertNoOverlap(rows: readonly SegmentAnswer[]): void {
  for (const own of groupBy(rows, ({ worker }) => worker).values())
    for (const [at, segment] of own.entries())
      assert(at === 0 || own[at - 1]!.end <= segment.start, 'segments of one worker do not overlap')
}

function votesOverTime(rows: readonly SegmentAnswer[], voterCount: number): Stretch[] {
  const times = [...new Set(rows.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b)
  const stretches: Stretch[] = []
  for (const [at, start] of times.slice(0, -1).entries()) {
    const end = times[at + 1]!
    const votes = new Map<string, number>()
    const saying = rows.filter((row) => row.start < end && row.end > start)
    for (const { label } of saying) votes.set(label, (votes.get(label) ?? 0) + 1)
    votes.set(GAP, voterCount - saying.length)
    const before = stretches.at(-1)?.label ?? GAP
    const [label, count] = sortBy(
      [...votes],
      ([, votesFor]) => -votesFor,
      ([name]) => (name === before ? 0 : 1),
      ([name]) => name,
    )[0]!
    append(stretches, { start, end, label, share: count / voterCount })
  }
  return stretches
}

/** Adds a stretch, joined with the last where both say the same; shares weigh by time. */
function append(stretches: Stretch[], next: Stretch): void {
  const last = stretches.at(-1)
  if (last?.label !== next.label) {
    stretches.push({ ...next })
    return
  }
  const [before, added] = [last.end - last.start, next.end - next.start]
  last.share = (last.share * before + next.share * added) / (before + added)
  last.end = next.end
}

function withoutSlivers(stretches: readonly Stretch[], rows: readonly SegmentAnswer[]): Stretch[] {
  const least = Math.min(...rows.map(({ start, end }) => end - start)) / 2
  let rest = [...stretches]
  for (;;) {
    const sliver = sortBy(
      rest.filter(({ start, end, label }) => label !== GAP && end - start < least),
      ({ start, end }) => end - start,
    )[0]
    if (!sliver || rest.length === 1) return rest
    const at = rest.indexOf(sliver)
    const neighbours = [rest[at - 1], rest[at + 1]].filter((stretch) => stretch !== undefined)
    const heir = sortBy(
      neighbours,
      ({ share }) => -share,
      ({ start }) => start,
    )[0]!
    const joined: Stretch[] = []
    for (const stretch of rest)
      append(joined, stretch === sliver ? { ...stretch, label: heir.label, share: 0 } : stretch)
    rest = joined
  }
}

function supportOf(rows: readonly SegmentAnswer[], segment: Segment, end: 'start' | 'end'): number {
  const reach = (segment.end - segment.start) / 2
  const near = rows.filter((row) => row.label === segment.label && Math.abs(row[end] - segment[end]) <= reach)
  return new Set(near.map(({ worker }) => worker).sort(compareStrings)).size
}
