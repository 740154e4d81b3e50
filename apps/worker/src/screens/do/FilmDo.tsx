import '../../styles/task.css'
import '../../styles/film.css'
import type { Lease, OfferDetail } from '@chiron/contract'
import { type DemonstrateConfig, takeLimits } from '@chiron/core/kinds'
import { Skeleton, useI18n } from '@chiron/ui'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Screen } from '../../shell/Screen.tsx'
import { CameraRefused } from './CameraRefused.tsx'
import { openEyes } from './eyes.ts'
import { FoundTake } from './FoundTake.tsx'
import { GetReady } from './GetReady.tsx'
import { type FoundTakes, findTakes } from './lease-takes.ts'
import { useActiveMs } from './use-active-ms.ts'
import { useCamera } from './use-camera.ts'
import { Viewfinder } from './Viewfinder.tsx'

/** Filming one take: what is there from before, the camera's permission, then the viewfinder. */
export function FilmDo({ lease, offer }: { lease: Lease; offer: OfferDetail }) {
  const { t } = useI18n()
  const { query, route } = useLocation()
  const config = offer.config as DemonstrateConfig
  const limits = useMemo(() => takeLimits(config), [config])
  const [found, setFound] = useState<FoundTakes | 'looking' | null>('looking')
  const camera = useCamera(config, found === null)
  useActiveMs(lease.id)
  useEffect(() => {
    // The take's own screen is fetched while there is a link: it may be gone when the take is there.
    void import('./TakeScreen.tsx').catch(() => undefined)
    void openEyes()
    // Whoever comes from a take to film again knows of it.
    if (query.again !== undefined) return setFound(null)
    findTakes(lease.id).then(
      (takes) => setFound(takes.finished || takes.unfinished ? takes : null),
      () => setFound(null),
    )
  }, [lease.id])
  const toTake = (takeId: string) => route(`/do/${lease.id}/take?take=${takeId}`)
  if (found !== null && found !== 'looking') {
    return <FoundTake found={found} limits={limits} onTake={toTake} onAnew={() => setFound(null)} />
  }
  if (camera.state === 'refused') return <CameraRefused code={camera.code} onRetry={camera.open} />
  if (camera.state === 'open') {
    return (
      <Viewfinder
        camera={camera.handle}
        motion={camera.motion}
        lease={lease}
        offer={offer}
        limits={limits}
        fps={config.fps}
        facing={config.camera}
        onTake={({ takeId }) => toTake(takeId)}
        onLost={camera.lose}
      />
    )
  }
  if (found === 'looking' || camera.state === 'asking') {
    return (
      <Screen title={t('do.title')} back="/">
        <Skeleton height={320} />
      </Screen>
    )
  }
  return <GetReady lease={lease} offer={offer} config={config} onOpen={camera.open} />
}
