import type { Calibration, CameraScale } from '@chiron/core/camera'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { keepCalibration, keepScale, tellTeams } from '../../data/calibrations.ts'
import { MoreWords } from '../../shell/MoreWords.tsx'
import { CameraRefused } from '../do/CameraRefused.tsx'
import { useCamera } from '../do/use-camera.ts'
import { BoardView } from './BoardView.tsx'
import { CalibrateIntro } from './CalibrateIntro.tsx'
import { CalibrateResult, isExact } from './CalibrateResult.tsx'
import { CardResult } from './CardResult.tsx'
import { CardView } from './CardView.tsx'
import { WORDS } from './calibrate-words.ts'
import '../../styles/task.css'
import './calibrate.css'

const MIN_LINES = 720
const FPS = 30

type Facing = 'environment' | 'user'

/**
 * Measuring a camera with the board, or the scale of what it sees with a bank card. `?camera=` says which one, `?lines=`
 * how many lines it films with: a measuring counts for one picture size. `?way=` is the measuring under way, so that one
 * step back leads out of it; `?task=` the lease that waits for it.
 */
export function CalibrateScreen() {
  return (
    <MoreWords words={WORDS}>
      <Calibrate />
    </MoreWords>
  )
}

function Calibrate() {
  const { query, route } = useLocation()
  const [facing, setFacing] = useState<Facing>(query.camera === 'user' ? 'user' : 'environment')
  const minHeight = Number(query.lines) || MIN_LINES
  const camera = useCamera(
    useMemo(() => ({ camera: facing, fps: FPS, minHeight }), [facing, minHeight]),
    false,
  )
  const { way } = query
  const from = /^[0-9a-f-]{36}$/.test(query.task ?? '') ? `/do/${query.task}` : undefined
  const [made, setMade] = useState<Calibration | 'failed' | null>(null)
  const [scale, setScale] = useState<CameraScale | null>(null)
  const again = () => {
    setMade(null)
    setScale(null)
    camera.open()
  }
  const end = (ended: Calibration | 'failed') => {
    camera.shut()
    if (isExact(ended)) {
      keepCalibration(ended)
      void tellTeams().catch(() => undefined)
    }
    setMade(ended)
  }
  const keep = (kept: CameraScale) => {
    camera.shut()
    keepScale(kept)
    void tellTeams().catch(() => undefined)
    setScale(kept)
  }
  const address = (chosen?: 'board' | 'card') =>
    `/calibrate?${new URLSearchParams({
      camera: facing,
      lines: String(minHeight),
      ...(from ? { task: query.task ?? '' } : {}),
      ...(chosen ? { way: chosen } : {}),
    })}`
  const start = (chosen: 'board' | 'card') => {
    route(address(chosen))
    camera.open()
  }
  useEffect(() => {
    if (way === undefined) camera.shut()
  }, [way])
  if (scale !== null) return <CardResult made={scale} from={from} onAgain={again} />
  if (made !== null) return <CalibrateResult made={made} from={from} onAgain={again} />
  if (camera.state === 'refused') return <CameraRefused code={camera.code} onRetry={camera.open} />
  if (camera.state === 'open' && way === 'card')
    return <CardView camera={camera.handle} back={address()} onKeep={keep} onLost={camera.lose} />
  if (camera.state === 'open' && way === 'board')
    return <BoardView camera={camera.handle} back={address()} onEnd={end} onLost={camera.lose} />
  return (
    <CalibrateIntro
      facing={facing}
      from={from}
      onFacing={setFacing}
      isBusy={camera.state === 'asking'}
      onStart={start}
    />
  )
}
