import { Icon, type IconName, useI18n } from '@chiron/ui'
import { useContext, useEffect, useState } from 'preact/hooks'
import { onClockSkew } from '../data/client.ts'
import { OutboxBar } from './OutboxBar.tsx'
import { StaleContext } from './stale-context.ts'
import { useOnline } from './use-online.ts'

/** From here on a clock is called wrong; a lease or a recording date would say something else than meant. */
const WRONG_CLOCK_MS = 10 * 60_000

/** Quiet lines under the title: what the weather is, never a door that shuts. */
export function Notices() {
  const { t, duration } = useI18n()
  const online = useOnline()
  const stale = useContext(StaleContext)
  const skewMs = useClockSkew()
  return (
    <>
      {!online && <Notice icon="offline" text={t('notice.offline')} />}
      {online && stale && <Notice icon="waiting" text={t('notice.stale')} />}
      {Math.abs(skewMs) > WRONG_CLOCK_MS && (
        <Notice icon="attention" text={t('notice.clock', { off: duration(wholeMinutes(skewMs)) })} />
      )}
      <OutboxBar />
    </>
  )
}

const MINUTE_MS = 60_000
const wholeMinutes = (ms: number): number => Math.round(Math.abs(ms) / MINUTE_MS) * MINUTE_MS

function Notice({ icon, text }: { icon: IconName; text: string }) {
  return (
    <p class="notice" role="status">
      <Icon name={icon} size={18} />
      <span>{text}</span>
    </p>
  )
}

function useClockSkew(): number {
  const [skewMs, setSkewMs] = useState(0)
  useEffect(() => onClockSkew(setSkewMs), [])
  return skewMs
}
