import { type RolloutDetail, rolloutStreamPath } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'

/** Every stream with its clock, its size and the way to its bytes. */
export function StreamTable({ rollout: { id, streams } }: { rollout: RolloutDetail }) {
  const { t, number, bytes, duration } = useI18n()
  if (streams.length === 0) return null
  return (
    <Card title={t('rollout.streams')} flush>
      <div class="plain-scroll">
        <table class="plain-table" aria-label={t('rollout.streams')}>
          <thead>
            <tr>
              <th scope="col">{t('rollout.stream')}</th>
              <th scope="col">{t('rollout.streamKind')}</th>
              <th scope="col" class="cell-numeric">
                {t('rollout.startsAt')}
              </th>
              <th scope="col" class="cell-numeric">
                {t('episodes.length')}
              </th>
              <th scope="col" class="cell-numeric">
                {t('rollout.samples')}
              </th>
              <th scope="col" class="cell-numeric">
                {t('datasets.size')}
              </th>
            </tr>
          </thead>
          <tbody>
            {streams.map((stream) => (
              <tr key={stream.name}>
                <td>
                  <a href={rolloutStreamPath(id, stream.name)} download={stream.name}>
                    {stream.name}
                  </a>
                </td>
                <td>
                  {t(`rollout.kind.${stream.kind}`)}{' '}
                  <span class="quiet">
                    {stream.kind === 'video'
                      ? `${stream.codec ?? ''} ${stream.width}×${stream.height}`
                      : t('rollout.columns', { n: stream.columns.length })}
                  </span>
                </td>
                <td class="cell-numeric">{t('rollout.milliseconds', { n: number(stream.startMs) })}</td>
                <td class="cell-numeric">{duration(stream.durationMs)}</td>
                <td class="cell-numeric">{number(stream.sampleCount)}</td>
                <td class="cell-numeric">{bytes(stream.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
