import { seededRandom } from '@chiron/core/kit'
import { countComparisons, countsOf, leaderboardOf, withComparisons } from '@chiron/core/ranking'
import { generateScenarios, pickPlaceTemplate, runScenario } from '@chiron/sim'
import { loadPhysics } from '@chiron/sim/node'
import {
  DEMO_CONTROLLERS,
  DEMO_RATERS,
  DEMO_SCENARIOS,
  evenVotes,
  type Measured,
  type Replay,
  replayDesign,
  truthOf,
} from '../../tools/demo/arena/designs.ts'
import { heading, table, target } from '../judgement/report.ts'

const SEEDS = 100
/** Suites on which evenly spaced controllers run, too. */
const EVEN_SEEDS = 20
/** What is true is told by so many scenarios that no suite holds. */
const TRUTH_SCENARIOS = 144
const MOST_VOTES = 6000
/** How often more votes are looked at, where a number of them is fixed beforehand. */
const FIXED_STEP = 3
const MOST_FIXED = 600

type Controllers = Readonly<Record<string, number>>
const EVENLY_SPACED: Controllers = { able: 1, middling: 0.5, clumsy: 0 }
type Physics = Awaited<ReturnType<typeof loadPhysics>>

/** How far each controller comes on each scenario that this seed generates, run on MuJoCo. */
function simulate(physics: Physics, controllers: Controllers, of: { seed: string; count: number }): Measured {
  const scenarios = generateScenarios(pickPlaceTemplate, of)
  return new Map(
    Object.entries(controllers).map(([name, skill]) => [
      name,
      new Map(
        scenarios.map((scenario) => {
          const seed = seededRandom(`run ${of.seed} ${name} ${scenario.key} 0`).int(2 ** 31)
          const run = runScenario(physics, scenario, { controller: { kind: 'pick-place', skill }, seed })
          return [scenario.key, run.progress]
        }),
      ),
    ]),
  )
}

const namesOf = (measured: Measured): string[] => truthOf(measured).map(({ version }) => version)
const isOrder = (order: readonly string[], truth: readonly string[]): boolean =>
  truth.every((name, at) => order[at] === name)

/** The order by a large sample of other scenarios: what a suite is a sample of, too. */
function trueOrder(physics: Physics, controllers: Controllers): string[] {
  const sample = new Map(Object.keys(controllers).map((name) => [name, new Map<string, number>()]))
  // A suite of its own for each: levels are drawn as in a small suite, not spread over a large one.
  for (let at = 0; at < TRUTH_SCENARIOS; at += DEMO_SCENARIOS) {
    const part = simulate(physics, controllers, { seed: `truth ${at}`, count: DEMO_SCENARIOS })
    for (const [name, runs] of part)
      for (const [key, progress] of runs) sample.get(name)?.set(`${at} ${key}`, progress)
  }
  heading(`Controllers on ${TRUTH_SCENARIOS} scenarios of no suite: what is true`)
  table([
    ['', 'skill', 'progress (mean)', 'standard error', 'succeeded'],
    ...truthOf(sample).map(({ version, progressMean }) => {
      const runs = [...(sample.get(version)?.values() ?? [])]
      const variance = runs.reduce((sum, part) => sum + (part - progressMean) ** 2, 0) / (runs.length - 1)
      const won = runs.filter((progress) => progress === 1).length
      return [
        version,
        `${controllers[version]}`,
        progressMean.toFixed(3),
        Math.sqrt(variance / runs.length).toFixed(3),
        `${((100 * won) / runs.length).toFixed(0)}%`,
      ]
    }),
  ])
  return namesOf(sample)
}

/** The fewest votes, all pairs in turn and decided beforehand, after which 95 of 100 suites stand in order. */
function fixedEvenly(
  suites: readonly Measured[],
  truth: readonly string[],
): { votes: number; rightCount: number } {
  const votes = suites.map((measured, at) =>
    evenVotes({ measured, raters: DEMO_RATERS, seed: `${at + 1}` }, MOST_FIXED),
  )
  const states = suites.map((measured) => countComparisons([], [...measured.keys()]))
  for (let count = FIXED_STEP; count <= MOST_FIXED; count += FIXED_STEP) {
    let rightCount = 0
    for (const [at, measured] of suites.entries()) {
      const items = [...measured.keys()]
      const added = countComparisons(votes[at]!.slice(count - FIXED_STEP, count), items)
      states[at] = withComparisons(states[at]!, added)
      const order = leaderboardOf(countsOf(states[at]!), { items }).items.map(({ item }) => item)
      if (isOrder(order, truth)) rightCount += 1
    }
    if (rightCount >= 0.95 * suites.length) return { votes: count, rightCount }
  }
  return { votes: Number.NaN, rightCount: 0 }
}

const meanOf = (replays: readonly Replay[]): number =>
  replays.reduce((sum, { votes }) => sum + votes, 0) / replays.length

type Played = { readonly measured: Measured; readonly chosen: Replay; readonly even: Replay }

/** Both designs on one suite, each until the server's own rule calls the order settled. */
function play(measured: Measured, seed: string): Played {
  const replay = (design: 'adaptive' | 'even') =>
    replayDesign(design, { measured, raters: DEMO_RATERS, seed, mostVotes: MOST_VOTES })
  return { measured, chosen: replay('adaptive'), even: replay('even') }
}

function compareDesigns(title: string, played: readonly Played[], truth: readonly string[]) {
  const suites = played.map(({ measured }) => measured)
  const [chosen, even] = [played.map((each) => each.chosen), played.map((each) => each.even)]
  const fixed = fixedEvenly(suites, truth)
  const rightOf = (replays: readonly Replay[]) => replays.filter(({ order }) => isOrder(order, truth)).length
  const row = (name: string, replays: readonly Replay[]) => {
    const votes = replays.map((each) => each.votes).sort((a, b) => a - b)
    const settled = replays.filter(({ isSettled }) => isSettled).length
    return [
      name,
      meanOf(replays).toFixed(0),
      `${votes[votes.length >> 1]}`,
      `${votes.at(-1)}`,
      `${settled}`,
      `${rightOf(replays)}`,
    ]
  }
  heading(title)
  const measuredSo = suites.filter((measured) => isOrder(namesOf(measured), truth)).length
  console.log(`In ${measuredSo} of ${suites.length} suites the runs themselves stand in the true order.\n`)
  table([
    ['', 'votes (mean)', 'median', 'most', 'settled', 'true order'],
    [
      'all pairs evenly, a fixed number',
      `${fixed.votes}`,
      `${fixed.votes}`,
      `${fixed.votes}`,
      '',
      `${fixed.rightCount}`,
    ],
    row('all pairs evenly, until settled', even),
    row('pairs chosen as the server does, until settled', chosen),
  ])
  const share = (100 * meanOf(chosen)) / meanOf(even)
  console.log(
    `\nChosen pairs take ${share.toFixed(0)}% of the votes that even ones take until the same rule is content.`,
  )
  return { rightCount: rightOf(chosen), share }
}

/**
 * The demo a hundred times with everything another: the suite is generated, the controllers are run on it, and the raters
 * throw their dice, all from the seed. Twenty minutes and more, so by name alone.
 */
export async function judgeDemoSeeds(): Promise<void> {
  const physics = await loadPhysics()
  const truth = trueOrder(physics, { ...DEMO_CONTROLLERS, ...EVENLY_SPACED })
  const among = (controllers: Controllers) => truth.filter((name) => name in controllers)
  const [demo, evenly]: [Played[], Played[]] = [[], []]
  for (let at = 0; at < SEEDS; at += 1) {
    const [seed, hasBoth] = [`${at + 1}`, at < EVEN_SEEDS]
    const controllers = hasBoth ? { ...DEMO_CONTROLLERS, ...EVENLY_SPACED } : DEMO_CONTROLLERS
    const measured = simulate(physics, controllers, { seed, count: DEMO_SCENARIOS })
    const only = (some: Controllers) => new Map([...measured].filter(([name]) => name in some))
    demo.push(play(only(DEMO_CONTROLLERS), seed))
    if (hasBoth) evenly.push(play(only(EVENLY_SPACED), seed))
    const right = demo.filter(({ chosen }) => isOrder(chosen.order, among(DEMO_CONTROLLERS))).length
    process.stderr.write(`\r${demo.length} of ${SEEDS} suites, ${right} in order `)
  }
  process.stderr.write('\n')
  const { rightCount, share } = compareDesigns(
    `The demo’s controllers on ${SEEDS} generated suites of ${DEMO_SCENARIOS} scenarios`,
    demo,
    among(DEMO_CONTROLLERS),
  )
  compareDesigns(
    `Evenly spaced controllers on the first ${EVEN_SEEDS} of these suites`,
    evenly,
    among(EVENLY_SPACED),
  )
  target('the demo’s true order in ≥ 95% of seeds', rightCount >= 0.95 * SEEDS, `${rightCount} of ${SEEDS}`)
  target('the demo: ≤ 60% of the votes of even sampling', share <= 60, `${share.toFixed(0)}%`)
}
