import { downscaleLuma, type LumaPlane, lumaFromRgba, lumaFromYPlane } from '@chiron/core/episode'

/** Pixel formats whose first plane is luma, 8 bits. */
const Y_FIRST = new Set(['I420', 'I420A', 'I422', 'I444', 'NV12'])

/** Where planes cannot be read, a browser shrinks the picture to this width before core's filter does the rest. */
const CANVAS_WIDTH_PX = 640

let bytes = new Uint8Array(0)
let canvas: OffscreenCanvas | HTMLCanvasElement | undefined

/**
 * The frame's luma at 160 columns, by core's own filter. The frame may be closed only after the promise
 * settles.
 */
export async function readLuma(frame: VideoFrame): Promise<LumaPlane> {
  if (frame.format !== null && Y_FIRST.has(frame.format)) {
    try {
      return await fromPlanes(frame)
    } catch {
      // Pictures that live on a graphics card may refuse to be copied; a canvas still can read them.
    }
  }
  return fromCanvas(frame)
}

async function fromPlanes(frame: VideoFrame): Promise<LumaPlane> {
  const size = frame.allocationSize()
  if (bytes.length < size) bytes = new Uint8Array(size)
  const own = bytes
  bytes = new Uint8Array(0)
  try {
    const layout = await frame.copyTo(own)
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight }
    const { offset, stride } = layout[0]!
    const rows = { width, height, strideBytes: stride, offsetBytes: offset }
    const luma = lumaFromYPlane(own, { ...rows, fullRange: frame.colorSpace.fullRange === true })
    return downscaleLuma(luma, width, height)
  } finally {
    bytes = own
  }
}

function fromCanvas(frame: VideoFrame): LumaPlane {
  const scale = Math.min(1, CANVAS_WIDTH_PX / frame.displayWidth)
  const width = Math.max(1, Math.round(frame.displayWidth * scale))
  const height = Math.max(1, Math.round(frame.displayHeight * scale))
  canvas ??=
    typeof OffscreenCanvas === 'function' ? new OffscreenCanvas(1, 1) : document.createElement('canvas')
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D
  context.drawImage(frame, 0, 0, width, height)
  return downscaleLuma(
    lumaFromRgba(context.getImageData(0, 0, width, height).data, width, height),
    width,
    height,
  )
}
