import type { Calibration, CameraScale } from '@chiron/core/camera'
import { useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { MoreWords } from '../../shell/MoreWords.tsx'
import { CameraRefused } from '../do/CameraRefused.tsx'
import { useCamera } from '../do/use-camera.ts'
import { BoardView } from './BoardView.tsx'
import { CalibrateIntro } from './CalibrateIntro.tsx'
import { CalibrateResult } from './CalibrateResult.tsx'
import { CardResult } from './CardResult.tsx'
import { CardView } from './CardView.tsx'
import { WORDS } from './calibrate-words.ts'
import '../../styles/task.css'
import './calibrate.css'

const MIN_LINES = 720
const FPS = 30

type Facing = 'environment' | 'user'

/**
 * Measuring a camera with the board, or the scale of what it sees with a bank card. `?camera=` says which one, `?lines=` how many lines it films with: a measuring counts
 * for one picture size.
 */
export function CalibrateScreen() {
  return (
    <MoreWords words={WORDS}>
      <Calibrate />
    </MoreWords>
  )
}

function Calibrate() {
  const { query } = useLocation()
  const [facing, setFacing] = useState<Facing>(query.camera === 'user' ? 'user' : 'environment')
  const minHeight = Number(query.lines) || MIN_LINES
  const camera = useCamera(
    useMemo(() => ({ camera: facing, fps: FPS, minHeight }), [facing, minHeight]),
    false,
  )
  const [way, setWay] = useState<'board' | 'card'>('board')
  const [made, setMade] = useState<Calibration | 'failed' | null>(null)
  const [scale, setScale] = useState<CameraScale | null>(null)
  const again = () => {
    setMade(null)
    setScale(null)
    camera.open()
  }
  const end = (ended: Calibration | 'failed') => {
    camera.shut()
    setMade(ended)
  }
  const keep = (kept: CameraScale) => {
    camera.shut()
    setScale(kept)
  }
  const start = (chosen: 'board' | 'card') => {
    setWay(chosen)
    camera.open()
  }
  if (scale !== null) return <CardResult made={scale} onAgain={again} />
  if (made !== null) return <CalibrateResult made={made} onAgain={again} />
  if (camera.state === 'refused') return <CameraRefused code={camera.code} onRetry={camera.open} />
  if (camera.state === 'open' && way === 'card')
    return <CardView camera={camera.handle} onKeep={keep} onLost={camera.lose} />
  if (camera.state === 'open') return <BoardView camera={camera.handle} onEnd={end} onLost={camera.lose} />
  return (
    <CalibrateIntro facing={facing} onFacing={setFacing} isBusy={camera.state === 'asking'} onStart={start} />
  )
}
