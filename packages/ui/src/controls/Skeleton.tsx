type SkeletonProps = {
  /** Lines of text it stands for; default 1. */
  lines?: number
  /** A block of this height in pixels instead of lines. */
  height?: number
  /** CSS width; default the whole line. */
  width?: string
}

/** The shape of what is coming, so that nothing jumps when it comes. */
export function Skeleton({ lines = 1, height, width }: SkeletonProps) {
  if (height !== undefined) {
    return <div class="skeleton" aria-hidden="true" style={{ blockSize: `${height}px`, inlineSize: width }} />
  }
  return (
    <div class="skeleton-lines" aria-hidden="true" style={{ inlineSize: width }}>
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} class="skeleton skeleton-line" />
      ))}
    </div>
  )
}
