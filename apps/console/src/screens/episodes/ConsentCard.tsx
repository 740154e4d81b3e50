import type { EpisodeDetail } from '@chiron/contract'
import { Card, CopyText, Tag, type Tone, useI18n } from '@chiron/ui'
import { paths } from '../../shell/paths.ts'
import { CameraRow, ScaleRow } from './CameraRow.tsx'

const HOLDS = new Set(['given', 'renewed'])

/** Under which consent it is held, who made it with what, and which datasets it went out in. */
export function ConsentCard({ episode }: { episode: EpisodeDetail }) {
  const { t, has, dateTime } = useI18n()
  const { consent, device, releases, workerPseudonym, recordedAt, sha256 } = episode
  const tone: Tone = consent && HOLDS.has(consent.state) ? 'good' : 'attention'
  const facts = Object.entries(device).filter(([, value]) => typeof value !== 'object' && value !== '')
  return (
    <Card title={t('origin.title')}>
      <dl class="sums">
        <div>
          <dt>{t('consent.title')}</dt>
          <dd>
            {consent ? (
              <Tag tone={tone}>
                {has(`consent.${consent.state}`) ? t(`consent.${consent.state}`) : consent.state}
              </Tag>
            ) : (
              t('consent.none')
            )}
          </dd>
        </div>
        {consent && (
          <div>
            <dt>{t('consent.notice')}</dt>
            <dd class="figure">{t('consent.version', { n: consent.noticeVersion })}</dd>
          </div>
        )}
        {consent?.receiptHash && (
          <div>
            <dt>{t('consent.receipt')}</dt>
            <dd>
              <CopyText text={consent.receiptHash} shown={`${consent.receiptHash.slice(0, 12)}…`} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('episodes.worker')}</dt>
          <dd>{workerPseudonym ?? t(`origin.${episode.origin}`)}</dd>
        </div>
        {recordedAt && (
          <div>
            <dt>{t('origin.recordedAt')}</dt>
            <dd class="figure">{dateTime(recordedAt)}</dd>
          </div>
        )}
        {episode.origin === 'phone' && <CameraRow calibration={episode.calibration} />}
        <ScaleRow scale={episode.scale} />
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{has(`device.${name}`) ? t(`device.${name}`) : name}</dt>
            <dd>
              <bdi>{has(`device.${name}.${value}`) ? t(`device.${name}.${value}`) : String(value)}</bdi>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('origin.file')}</dt>
          <dd>
            <CopyText text={sha256} shown={`${sha256.slice(0, 12)}…`} />
          </dd>
        </div>
        <div>
          <dt>{t('ways.datasets')}</dt>
          <dd>
            {releases.length === 0
              ? t('origin.noRelease')
              : releases.map(({ id, name }) => (
                  <a key={id} href={paths.dataset(id)}>
                    {name}{' '}
                  </a>
                ))}
          </dd>
        </div>
      </dl>
    </Card>
  )
}
