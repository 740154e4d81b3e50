/** What part of a picture is shown: how much larger than whole, and where its top left lies on the stage, in CSS pixels. */
export type View = { readonly zoom: number; readonly x: number; readonly y: number }
export type Size = { readonly width: number; readonly height: number }

export const WHOLE: View = { zoom: 1, x: 0, y: 0 }
export const MAX_ZOOM = 8
export const ZOOM_STEP = 1.6

/** CSS pixels a pixel of the whole picture takes on the stage, and where its top left lies. */
export function fitOf(stage: Size, picture: Size): { scale: number; x: number; y: number } {
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height)
  return {
    scale,
    x: (stage.width - picture.width * scale) / 2,
    y: (stage.height - picture.height * scale) / 2,
  }
}

/** Larger or smaller about a place on the stage, which stays where it is; never smaller than whole. */
export function zoomedAt({ zoom, x, y }: View, by: number, at: { x: number; y: number }): View {
  const next = Math.min(MAX_ZOOM, Math.max(1, zoom * by))
  const ratio = next / zoom
  return { zoom: next, x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio }
}

/** Moved so far back that the stage stays within the picture's own frame. */
export function heldIn({ zoom, x, y }: View, stage: Size): View {
  const within = (value: number, length: number): number => Math.min(0, Math.max(length * (1 - zoom), value))
  return { zoom, x: within(x, stage.width), y: within(y, stage.height) }
}

/** Moved so that a place of the stage as it would be whole lies on it, with a margin to its edges. */
export function showing(view: View, place: { x: number; y: number }, stage: Size): View {
  const margin = Math.min(stage.width, stage.height) / 6
  const moved = (offset: number, at: number, length: number): number => {
    const now = at * view.zoom + offset
    return offset + Math.min(length - margin, Math.max(margin, now)) - now
  }
  return heldIn(
    {
      zoom: view.zoom,
      x: moved(view.x, place.x, stage.width),
      y: moved(view.y, place.y, stage.height),
    },
    stage,
  )
}
