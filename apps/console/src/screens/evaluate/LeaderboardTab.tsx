import { type Leaderboard, leaderboardRoutes, type Suite } from '@chiron/contract'
import { EmptyState, Select, Skeleton, Tag, useI18n, useLocalized } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { ByFactorCards } from './ByFactorCards.tsx'
import { FailureClustersCard } from './FailureClustersCard.tsx'
import { FailuresCard } from './FailuresCard.tsx'
import { HeadToHead } from './HeadToHead.tsx'
import { HostileCard } from './HostileCard.tsx'
import { NextPairsCard } from './NextPairsCard.tsx'
import { RankTable } from './RankTable.tsx'
import { RatingsCard } from './RatingsCard.tsx'
import { StrengthCard } from './StrengthCard.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'
import { isolated, versionName } from './version-name.ts'

const ALL = 'all'
const BETWEEN = '.'
const TRUSTED = 'trusted'

/** Which policy version is better by blind votes: strengths with intervals, who met whom, and what is still open. */
export function LeaderboardTab({ suite, detail }: { suite: Suite; detail: SuiteDetail }) {
  const [world] = useQueryPart('world')
  const [level] = useQueryPart('level')
  const [raters] = useQueryPart('raters')
  const { suiteId, version, state } = detail
  const { t } = useI18n()
  const query = queryOf(world, level, raters)
  const board = useAsk(
    'leaderboard',
    leaderboardRoutes.read,
    { params: { suiteId, version }, query },
    { enabled: state === 'frozen' },
  )
  if (state === 'draft') return <p class="quiet prose">{t('board.draft')}</p>
  return (
    <div class="stack">
      <Choices suite={suite} detail={detail} />
      {board.error && !board.data ? (
        <Trouble error={board.error} onRetry={() => void board.refetch()} />
      ) : board.data ? (
        <Board board={board.data} detail={detail} />
      ) : (
        <Skeleton lines={8} />
      )}
    </div>
  )
}

const WORLDS = ['real', 'sim', 'both'] as const
const worldOf = (asked: string) => WORLDS.find((each) => each === asked) ?? 'real'

/** `level` is `factor.level`; keys hold no dot. */
function queryOf(world: string, level: string, raters = '') {
  const [factor, factorLevel] = level.split(BETWEEN)
  const isNarrowed = Boolean(factor && factorLevel)
  return {
    world: worldOf(world),
    ...(factor && factorLevel ? { factor, factorLevel } : {}),
    // Who voted is counted for the whole suite alone.
    ...(raters === TRUSTED && !isNarrowed ? { raters: 'trusted' as const } : {}),
  }
}

function Choices({ suite, detail }: { suite: Suite; detail: SuiteDetail }) {
  const { t, number } = useI18n()
  const localized = useLocalized()
  const [world, setWorld] = useQueryPart('world')
  const [level, setLevel] = useQueryPart('level')
  const [against, setAgainst] = useQueryPart('against')
  const [raters, setRaters] = useQueryPart('raters')
  const others = suite.versions.filter(
    ({ version, state }) => state === 'frozen' && version !== detail.version,
  )
  return (
    <span class="table-selects">
      <Select
        value={worldOf(world)}
        aria-label={t('rollout.world')}
        onValue={(value) => setWorld(value === 'real' ? null : value)}
        options={WORLDS.map((value) => ({ value, label: t(`rollout.world.${value}`) }))}
      />
      <Select
        value={level || ALL}
        aria-label={t('board.level')}
        onValue={(value) => setLevel(value === ALL ? null : value)}
        options={[
          { value: ALL, label: t('suite.allScenarios') },
          ...detail.content.factors.flatMap((factor) =>
            factor.levels.map(({ key, label }) => ({
              value: `${factor.key}${BETWEEN}${key}`,
              label: `${localized(factor.label)}: ${localized(label)}`,
            })),
          ),
        ]}
      />
      {level === '' && (
        <Select
          value={raters === TRUSTED ? TRUSTED : ALL}
          aria-label={t('board.raters')}
          onValue={(value) => setRaters(value === ALL ? null : value)}
          options={[ALL, TRUSTED].map((value) => ({ value, label: t(`board.raters.${value}`) }))}
        />
      )}
      {others.length > 0 && (
        <Select
          value={against || ALL}
          aria-label={t('board.against')}
          onValue={(value) => setAgainst(value === ALL ? null : value)}
          options={[
            { value: ALL, label: t('board.noOther') },
            ...others.map(({ version }) => ({
              value: String(version),
              label: t('board.besideVersion', { version: number(version) }),
            })),
          ]}
        />
      )}
    </span>
  )
}

function Board({ board, detail }: { board: Leaderboard; detail: SuiteDetail }) {
  const { t } = useI18n()
  const beside = useBeside(detail)
  if (board.voteCount === 0)
    return (
      <div class="stack">
        <EmptyState icon="chart" title={t('board.none')}>
          <p>{t('board.noneText')}</p>
          <p>
            <a href={paths.evaluate({ tab: 'rollouts', suiteId: detail.suiteId })}>
              {t('board.itsRollouts')}
            </a>
          </p>
        </EmptyState>
        {board.items.length > 0 && <RankTable board={board} beside={undefined} />}
        <FailuresCard board={board} />
        <RatingsCard board={board} />
        {board.items.length > 0 && <ByFactorCards board={board} detail={detail} />}
        <FailureClustersCard board={board} detail={detail} />
      </div>
    )
  return (
    <div class="stack">
      <Settled board={board} />
      <StrengthCard board={board} />
      <RankTable board={board} beside={beside} />
      <HeadToHead board={board} />
      <div class="columns columns-even">
        <HostileCard board={board} />
        <NextPairsCard board={board} />
      </div>
      <FailuresCard board={board} />
      <RatingsCard board={board} />
      <ByFactorCards board={board} detail={detail} />
      <FailureClustersCard board={board} detail={detail} />
    </div>
  )
}

/** The leaderboard of another version of the suite, where one is asked for. */
function useBeside({ suiteId }: SuiteDetail): Leaderboard | undefined {
  const [against] = useQueryPart('against')
  const [world] = useQueryPart('world')
  const version = Number(against)
  const input = { params: { suiteId, version }, query: queryOf(world, '') }
  return useAsk('leaderboard', leaderboardRoutes.read, input, { enabled: version > 0 }).data
}

/** Whether more votes could still change something, in words. */
function Settled({
  board: { settled, voteCount, confidence, items, excludedRaterCount, bothBadCount, factor },
}: {
  board: Leaderboard
}) {
  const { t, percent } = useI18n()
  const [raters] = useQueryPart('raters')
  const isTrusted = raters === TRUSTED && factor === null
  const [best] = items
  const found = settled.order ? 'order' : settled.best ? 'best' : 'open'
  const name = best ? isolated(versionName(best)) : ''
  return (
    <p class="row">
      <Tag tone={found === 'open' ? 'attention' : 'good'} {...(found === 'open' ? { icon: 'waiting' } : {})}>
        {t(found === 'open' ? 'board.isOpen' : 'board.isSettled')}
      </Tag>
      <span>
        {t(`board.settled.${found}`, { name, n: settled.openPairCount })}{' '}
        <span class="quiet">
          {t('board.restsOn', { n: voteCount, confidence: percent(confidence) })}{' '}
          {bothBadCount > 0 && t('board.bothBad', { n: bothBadCount })}{' '}
          {isTrusted && t('board.excluded', { n: excludedRaterCount })}
        </span>
      </span>
    </p>
  )
}
