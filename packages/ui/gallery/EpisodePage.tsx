import { DEFAULT_TAKE_LIMITS } from '@chiron/core/episode'
import { useState } from 'preact/hooks'
import { Card, PageHeader, Status } from '../src/index.ts'
import { type GivenAnswer, Show as ShowAnswers } from '../src/kinds/choose/index.ts'
import { Show as ShowTake } from '../src/kinds/demonstrate/index.ts'
import { EpisodePlayer } from '../src/player/index.ts'
import { chooseConfig, chooseTerms } from './choose-sample.ts'
import { brightness, labelLanes, motion, sharpness, timesMs, timing } from './sample.ts'

const signals = timesMs.map((timeMs, at) => ({
  timeMs,
  brightness: brightness[at] ?? 0,
  clippedRatio: 0,
  sharpness: sharpness[at] ?? 0,
  motion: motion[at] ?? 0,
}))

const answers = ['7f3a', '19be', 'c204'].map(
  (who, at): GivenAnswer => ({
    id: who,
    who,
    answer:
      at === 1
        ? { choices: { outcome: 'outcome.success' } }
        : { choices: { outcome: 'outcome.failure', reason: 'failure.drop' }, momentMs: 6300 + at * 70 },
  }),
)

export function EpisodePage() {
  const [frame, setFrame] = useState<number | undefined>(undefined)
  const two = new URLSearchParams(location.search).has('two')
  return (
    <main class="gallery gallery-episode">
      <div>
        <PageHeader
          above={{ label: 'Fold a towel in half', href: '#' }}
          title="Episode 0194"
          aside={<Status name="review" />}
        />
        {two ? (
          <EpisodePlayer
            clips={[
              { src: '/landscape.mp4', label: 'A' },
              { src: '/landscape.mp4?b', label: 'B' },
            ]}
            {...timing}
            lanes={labelLanes}
          />
        ) : (
          <ShowTake
            clip={{ src: '/landscape.mp4' }}
            timing={timing}
            facts={{
              ...timing,
              width: 640,
              height: 360,
              rotationDeg: 0,
              codec: 'avc1.64001e',
              bytes: 1_840_000,
            }}
            signals={signals}
            lights={[
              { fromMs: 0, toMs: 2000, light: 'good' },
              { fromMs: 2000, toMs: 2600, light: 'attention', code: 'blurred' },
              { fromMs: 2600, toMs: 6000, light: 'good' },
              { fromMs: 6000, toMs: 6900, light: 'bad', code: 'shaking' },
              { fromMs: 6900, toMs: 10_000, light: 'good' },
            ]}
            faults={[
              { code: 'shaking', severity: 'fixable', fromMs: 6000, toMs: 6900, value: 0.06, limit: 0.045 },
            ]}
            limits={DEFAULT_TAKE_LIMITS}
            lanes={labelLanes}
            currentFrame={frame}
            onFrame={setFrame}
          />
        )}
      </div>
      <Card title="Judgement">
        <ShowAnswers
          config={chooseConfig}
          terms={chooseTerms}
          answers={answers}
          verdict={{ outcome: { termId: 'outcome.failure', probability: 0.91 } }}
          onMoment={(momentMs) => setFrame(Math.floor(momentMs * 0.03))}
        />
      </Card>
    </main>
  )
}
