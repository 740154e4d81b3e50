/** One picture of the camera at its full size; it never leaves this screen. */
export type Still = { width: number; height: number; canvas: HTMLCanvasElement }

export function stillOf(video: HTMLVideoElement): Still {
  const { videoWidth: width, videoHeight: height } = video
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(video, 0, 0)
  return { width, height, canvas }
}

/** Its brightness, a byte a pixel (ITU-R BT.601). */
export function lumaOf({ width, height, canvas }: Still): Uint8Array {
  const data = canvas.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, width, height).data
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = [data?.[at * 4], data?.[at * 4 + 1], data?.[at * 4 + 2]]
    return 0.299 * red + 0.587 * green + 0.114 * blue
  })
}
