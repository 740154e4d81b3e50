import { Button, IconButton, Skeleton, useI18n } from '@chiron/ui'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Robot } from './open-robot.ts'
import type { Rerun } from './protocol.ts'
import type { Stage } from './stage.ts'

type StageProps = {
  robot: Robot
  rerun: Rerun | null
  timeMs: number
  onTime: (timeMs: number) => void
  /** Then the film's own player plays. */
  isFilmed: boolean
}

const TURN = 0.15
const NEARER = 0.85
const WALKS: Record<string, Parameters<Stage['walk']>[0]> = {
  ArrowLeft: { right: -TURN },
  ArrowRight: { right: TURN },
  ArrowUp: { up: TURN },
  ArrowDown: { up: -TURN },
  '+': { nearer: NEARER },
  '-': { nearer: 1 / NEARER },
}

/** The picture: dragged with mouse or finger, turned with arrow keys. The recorded run is seen through once it was pushed. */
export function RobotStage({ robot, rerun, timeMs, onTime, isFilmed }: StageProps) {
  const { t } = useI18n()
  const canvas = useRef<HTMLCanvasElement>(null)
  const { stage, why } = useStage(canvas, robot)
  const runs = rerun
    ? { solid: rerun.pushed, ghost: robot.opened.recorded }
    : { solid: robot.opened.recorded, ghost: null }
  useEffect(() => stage?.show(timeMs, runs), [stage, timeMs, rerun])
  const onKeyDown = (event: KeyboardEvent) => {
    const by = WALKS[event.key]
    if (!by || !stage) return
    event.preventDefault()
    stage.walk(by)
  }
  if (why) return <p>{t('replay.noPicture')}</p>
  return (
    <div class="stack">
      {!stage && <Skeleton lines={4} />}
      <div
        class="robot-stage"
        role="application"
        aria-label={t('replay.picture')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is turned by keys, as well as dragged
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} class="robot-canvas" data-shown-ms={stage ? Math.round(timeMs) : undefined} />
      </div>
      <div class="row">
        {!isFilmed && <PlayButton robot={robot} timeMs={timeMs} onTime={onTime} />}
        <IconButton icon="plus" label={t('replay.nearer')} onClick={() => stage?.walk({ nearer: NEARER })} />
        <IconButton
          icon="minus"
          label={t('replay.farther')}
          onClick={() => stage?.walk({ nearer: 1 / NEARER })}
        />
        <span class="quiet">{t(rerun ? 'replay.legend' : 'replay.hint')}</span>
      </div>
    </div>
  )
}

/** three comes when a picture is asked for, and not before. */
function useStage(canvas: { current: HTMLCanvasElement | null }, robot: Robot) {
  const [stage, setStage] = useState<Stage | null>(null)
  const [why, setWhy] = useState('')
  useEffect(() => {
    let opened: Stage | null = null
    let isGone = false
    const resized = new ResizeObserver(() => opened?.resize())
    import('./stage.ts')
      .then(({ openStage }) => {
        if (isGone || !canvas.current) return
        opened = openStage(canvas.current, robot.opened.geoms, robot.opened.recorded)
        resized.observe(canvas.current)
        setStage(opened)
      })
      .catch((cause) => setWhy(String(cause)))
    return () => {
      isGone = true
      resized.disconnect()
      opened?.close()
    }
  }, [robot])
  return { stage, why }
}

function PlayButton({ robot, timeMs, onTime }: Pick<StageProps, 'robot' | 'timeMs' | 'onTime'>) {
  const { t } = useI18n()
  const [playing, setPlaying] = useState(false)
  const { timesMs } = robot.opened.recorded
  const [firstMs, lastMs] = [timesMs[0] ?? 0, timesMs.at(-1) ?? 0]
  useEffect(() => {
    if (!playing) return
    const fromMs = timeMs >= lastMs - 1 ? firstMs : timeMs
    let beganMs: number | undefined
    let frame = requestAnimationFrame(function step(nowMs) {
      beganMs ??= nowMs
      const atMs = fromMs + nowMs - beganMs
      onTime(Math.min(lastMs, atMs))
      if (atMs < lastMs) frame = requestAnimationFrame(step)
      else setPlaying(false)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing])
  return (
    <Button icon={playing ? 'pause' : 'play'} onClick={() => setPlaying(!playing)}>
      {t(playing ? 'replay.pause' : 'replay.play')}
    </Button>
  )
}
