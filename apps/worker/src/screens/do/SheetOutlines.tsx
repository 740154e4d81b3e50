import type { FlaggedSheet } from '@chiron/core/sight'

/** Between two looks the outline stays where the nearer one saw it; longer than this after one it is gone. */
const NEAR_MS = 600

type SheetOutlinesProps = {
  sheets: readonly Pick<FlaggedSheet, 'seen'>[]
  timeMs: number
  width: number
  height: number
}

/** The outlines of what may be read, over the picture at a moment. */
export function SheetOutlines({ sheets, timeMs, width, height }: SheetOutlinesProps) {
  const shown = sheets.flatMap(({ seen }) => {
    const away = (look: { timeMs: number }) => Math.abs(look.timeMs - timeMs)
    const nearest = [...seen].sort((a, b) => away(a) - away(b))[0]
    return nearest && away(nearest) <= NEAR_MS ? [nearest.corners] : []
  })
  return (
    <svg class="sheet-outlines" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {shown.map((corners, at) => {
        const points = corners.map(([x, y]) => `${x * width},${y * height}`).join(' ')
        return (
          <g key={at}>
            <polygon class="sheet-outline-under" points={points} />
            <polygon class="sheet-outline" points={points} />
          </g>
        )
      })}
    </svg>
  )
}
