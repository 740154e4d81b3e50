import type { Lane } from '../src/player/index.ts'

/** Invented content for the gallery, in English and Arabic. */
export const campaignNames = [
  'Fold a towel in half',
  'Put the cup on the shelf',
  'Open the drawer, take a spoon',
  'Stack three blocks',
  'Pour water without spilling',
]

const wave = (count: number, of: (at: number) => number) => Array.from({ length: count }, (_, at) => of(at))

export const timing = { fps: 30, frameCount: 300, durationMs: 10_000 }
export const timesMs = wave(100, (at) => at * 100)
export const sharpness = wave(100, (at) => 80 + 30 * Math.sin(at / 7) - (at > 60 && at < 68 ? 60 : 0))
export const motion = wave(100, (at) => Math.abs(0.02 * Math.sin(at / 5)) + (at > 60 && at < 68 ? 0.05 : 0))
export const brightness = wave(100, (at) => 0.52 + 0.06 * Math.sin(at / 20))

export const labelLanes: Lane[] = [
  {
    id: 'phases',
    label: 'Phases',
    kind: 'spans',
    data: [
      { id: 'reach', fromMs: 300, toMs: 2400, label: 'reach' },
      { id: 'grasp', fromMs: 2400, toMs: 3600, label: 'grasp', tone: 'information' },
      { id: 'move', fromMs: 3600, toMs: 7200, label: 'move', tone: 'good' },
      { id: 'release', fromMs: 7200, toMs: 8400, label: 'release' },
    ],
  },
  {
    id: 'moments',
    label: 'Moments',
    kind: 'marks',
    data: [
      { id: 'a', atMs: 2400, label: 'contact', tone: 'information' },
      { id: 'b', atMs: 6300, label: 'slip', tone: 'attention' },
    ],
  },
]

/** A pattern with the corners of a QR code; not one. */
export const qrMatrix = wave(25, (y) => y).map((y) =>
  wave(25, (x) => x).map((x) => {
    const corner = (cx: number, cy: number) => Math.max(Math.abs(x - cx), Math.abs(y - cy))
    for (const [cx, cy] of [
      [3, 3],
      [21, 3],
      [3, 21],
    ] as const) {
      const ring = corner(cx, cy)
      if (ring <= 4) return ring === 3 || ring <= 1
    }
    return (x * 7 + y * 11 + ((x * y) % 5)) % 3 === 0
  }),
)
