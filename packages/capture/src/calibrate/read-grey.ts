import type { GreyPicture } from './board-solver.ts'

/** Pixel formats whose first plane is luma, 8 bits. */
const Y_FIRST = new Set(['I420', 'I420A', 'I422', 'I444', 'NV12'])

let canvas: OffscreenCanvas | undefined

/** A frame's luma at its full size, for a worker. The frame may be closed once the promise settles. */
export async function readGrey(frame: VideoFrame): Promise<GreyPicture> {
  if (frame.format !== null && Y_FIRST.has(frame.format) && isUpright(frame)) {
    try {
      return await fromPlanes(frame)
    } catch {
      // Pictures that live on a graphics card may refuse to be copied; a canvas still can read them.
    }
  }
  return fromCanvas(frame)
}

/** As it is shown, neither turned nor stretched. */
function isUpright({ displayWidth, displayHeight, visibleRect }: VideoFrame): boolean {
  return visibleRect?.width === displayWidth && visibleRect.height === displayHeight
}

async function fromPlanes(frame: VideoFrame): Promise<GreyPicture> {
  const bytes = new Uint8Array(frame.allocationSize())
  const [plane] = await frame.copyTo(bytes)
  const { displayWidth: width, displayHeight: height } = frame
  const luma = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const at = plane!.offset + row * plane!.stride
    luma.set(bytes.subarray(at, at + width), row * width)
  }
  return { width, height, luma }
}

function fromCanvas(frame: VideoFrame): GreyPicture {
  const { displayWidth: width, displayHeight: height } = frame
  canvas ??= new OffscreenCanvas(1, 1)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.drawImage(frame, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const luma = new Uint8Array(width * height)
  for (let at = 0; at < luma.length; at++) {
    const [red, green, blue] = [data[at * 4]!, data[at * 4 + 1]!, data[at * 4 + 2]!]
    luma[at] = 0.299 * red + 0.587 * green + 0.114 * blue
  }
  return { width, height, luma }
}
