import { useEffect, useRef, useState } from 'preact/hooks'

/**
 * How wide a drawing may be, in pixels: as its figure is, `mostPx` at most. Drawn so wide and not stretched, its words
 * keep their size on a phone.
 */
export function usePlotWidth(mostPx: number) {
  const figure = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(mostPx)
  useEffect(() => {
    const measure = () => {
      const shown = figure.current?.clientWidth ?? 0
      if (shown > 0) setWidth(Math.min(mostPx, shown))
    }
    measure()
    const observer = new ResizeObserver(measure)
    if (figure.current) observer.observe(figure.current)
    return () => observer.disconnect()
  }, [mostPx])
  return { figure, width }
}
