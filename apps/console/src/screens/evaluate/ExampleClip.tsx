import { rolloutRoutes, rolloutStreamPath } from '@chiron/contract'
import { Skeleton, useI18n } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { useTermName } from '../../parts/term-name.ts'
import { paths } from '../../shell/paths.ts'
import { OutcomeTag } from './OutcomeTag.tsx'
import { isolated, versionName } from './version-name.ts'

/** One run behind a figure: its first picture, how it ended, and the way to the whole of it. */
export function ExampleClip({ rolloutId }: { rolloutId: string }) {
  const { t } = useI18n()
  const nameOf = useTermName()
  const asked = useAsk('rollout', rolloutRoutes.read, { params: { rolloutId } })
  if (asked.error) return <p class="quiet">{t('example.gone')}</p>
  if (!asked.data) return <Skeleton height={120} />
  const { streams, failureId, scenarioKey, ...rollout } = asked.data
  const video = streams.find(({ kind }) => kind === 'video')
  return (
    <article class="example-clip">
      {video ? (
        <video
          src={rolloutStreamPath(rolloutId, video.name)}
          aria-label={versionName(rollout)}
          controls
          muted
          playsInline
          preload="metadata"
        />
      ) : (
        <p class="quiet example-empty">
          {t(streams.length === 0 ? 'rollout.noStreams' : 'example.noPicture')}
        </p>
      )}
      <p class="row">
        <OutcomeTag rollout={asked.data} />
        <a href={paths.rollout(rolloutId)}>{isolated(versionName(rollout))}</a>
      </p>
      <p class="quiet">
        {[scenarioKey, failureId === null ? null : nameOf(failureId)]
          .flatMap((each) => (each === null ? [] : isolated(each)))
          .join(' · ')}
      </p>
    </article>
  )
}
