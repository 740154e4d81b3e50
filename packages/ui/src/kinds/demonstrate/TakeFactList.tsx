import { useI18n } from '../../i18n/context.tsx'

/** What the probe read of a recording. */
export type TakeFacts = {
  durationMs: number
  frameCount: number
  fps: number
  width: number
  height: number
  rotationDeg: number
  codec?: string
  bytes?: number
}

/** The facts of a take in one line of pairs. */
export function TakeFactList({ facts }: { facts: TakeFacts }) {
  const { t, duration, number, bytes } = useI18n()
  const turned = Math.abs(Math.round(facts.rotationDeg / 90)) % 2 === 1
  const [width, height] = turned ? [facts.height, facts.width] : [facts.width, facts.height]
  const fps = number(facts.fps, { maximumFractionDigits: 2 })
  const pairs: [string, string][] = [
    [t('ui.take.duration'), duration(facts.durationMs)],
    [t('ui.take.frames'), number(facts.frameCount)],
    [t('ui.take.frameRate'), t('ui.take.framesPerSecond', { fps })],
    [t('ui.take.size'), `${width} × ${height}`],
    [t('ui.take.orientation'), t(width >= height ? 'ui.take.landscape' : 'ui.take.portrait')],
  ]
  if (facts.codec) pairs.push([t('ui.take.codec'), facts.codec])
  if (facts.bytes) pairs.push([t('ui.take.weight'), bytes(facts.bytes)])
  return (
    <dl class="facts">
      {pairs.map(([name, value]) => (
        <div key={name} class="fact">
          <dt>{name}</dt>
          <dd class="figure">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
