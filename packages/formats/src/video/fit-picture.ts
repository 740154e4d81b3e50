type Size = { width: number; height: number }
/** `share`: of the new picture's width and height that the old one takes; the rest around it is black. */
export type Fit = { share: { x: number; y: number } }

/** How a picture lies in one of another size, as `transcodeForLeRobot` puts it there: whole, in the middle, not stretched. */
export function fitPicture(from: Size, to: Size): Fit {
  const ratio = Math.min(to.width / from.width, to.height / from.height)
  return { share: { x: (from.width * ratio) / to.width, y: (from.height * ratio) / to.height } }
}

/** A place in shares of the old picture, in shares of the new one. */
export function placeInFit({ share }: Fit, x: number, y: number): [number, number] {
  return [0.5 + (x - 0.5) * share.x, 0.5 + (y - 0.5) * share.y]
}
