import '@chiron/ui/tokens.css'
import '@chiron/ui/controls.css'
import '@chiron/ui/player.css'
import { createI18n, I18nProvider, loadComponentMessages } from '@chiron/ui'
import { type ClipTiming, EpisodePlayer, type Lane, readClipTiming } from '@chiron/ui/player'
import { render } from 'preact'
import { useState } from 'preact/hooks'

type Setting = ClipTiming & { clips: string[]; lanes: Lane[] }

const i18n = createI18n({ locale: 'en', messages: await loadComponentMessages('en') })
const reported: number[] = []
let goTo: (frame: number) => void = () => {}

function Page({ setting }: { setting: Setting }) {
  const [frame, setFrame] = useState<number | undefined>(undefined)
  goTo = setFrame
  const [first = '', second] = setting.clips
  return (
    <EpisodePlayer
      {...setting}
      clips={
        second
          ? [
              { src: first, label: 'A' },
              { src: second, label: 'B' },
            ]
          : [{ src: first }]
      }
      currentFrame={frame}
      onFrame={(shown) => {
        reported.push(shown)
        setFrame(shown)
      }}
    />
  )
}

/** The number written in a picture: ten blocks along its top, the first the lowest bit, white for one. */
function numberIn(picture: CanvasImageSource, width: number, height: number): number {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(picture, 0, 0, width, height)
  const bits = Array.from({ length: 10 }, (_, bit) => {
    const x = Math.floor(((bit + 0.5) * width) / 10)
    return (context.getImageData(x, Math.floor(height / 2), 1, 1).data[1] ?? 0) > 127 ? 1 : 0
  })
  return bits.reduce<number>((sum, bit, at) => sum + bit * 2 ** at, 0)
}

const bench = {
  reported,
  mount: (setting: Setting) => {
    document.documentElement.dataset.theme = 'light'
    const root = document.createElement('div')
    document.body.replaceChildren(root)
    reported.length = 0
    render(
      <I18nProvider i18n={i18n}>
        <Page setting={setting} />
      </I18nProvider>,
      root,
    )
  },
  readTiming: async (src: string): Promise<ClipTiming> => readClipTiming(await (await fetch(src)).blob()),
  goTo: (frame: number) => goTo(frame),
  /** The frame number in the pixels of a clip now. */
  shown: (place: number): number => {
    const video = document.querySelectorAll('video')[place]
    if (!video) throw new Error('no video')
    return numberIn(video, video.videoWidth, video.videoHeight)
  },
  /** The frame number in a screenshot of a clip. */
  inScreenshot: async (base64: string): Promise<number> => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    return numberIn(picture, picture.width, picture.height)
  },
  presented: (): number => Number(document.querySelector('video')?.dataset.presentedFrame),
  written: (): string => document.querySelector('.player-place')?.textContent ?? '',
  rate: (): number => document.querySelector('video')?.playbackRate ?? 0,
  paused: (): boolean => document.querySelector('video')?.paused ?? true,
}

export type PlayerBench = typeof bench
Object.assign(window, { bench })
