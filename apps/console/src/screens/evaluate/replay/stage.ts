import type { Geom } from '@chiron/sim'
import {
  BoxGeometry,
  type BufferGeometry,
  CapsuleGeometry,
  Color,
  CylinderGeometry,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  MeshLambertMaterial,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  SphereGeometry,
  type Vector3,
  WebGLRenderer,
} from 'three'
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'
import { type Drawn, NUMBERS_PER_GEOM } from './protocol.ts'
import { sampleAt } from './sample-at.ts'

/** A picture of a robot that can be walked around. Draws when something changed, never by itself. */
export type Stage = {
  /** The run that is shown whole, and one beside it that is seen through; both at a moment. */
  show: (timeMs: number, runs: { solid: Drawn; ghost: Drawn | null }) => void
  /** Turns the camera around the robot, in radians; `nearer` below 1 comes closer. */
  walk: (by: { right?: number; up?: number; nearer?: number }) => void
  resize: () => void
  close: () => void
}

const ENDLESS_M = 40
const ROUND = 24
const GHOST = 0.28
const MAX_PIXEL_RATIO = 2
const QUARTER = Math.PI / 2
const HIGHEST = 1.5

/**
 * Sets it up on a canvas.
 * @throws Error where the browser has no WebGL
 */
export function openStage(canvas: HTMLCanvasElement, geoms: readonly Geom[], first: Drawn): Stage {
  const darkness = matchMedia('(prefers-color-scheme: dark)')
  const renderer = new WebGLRenderer({ canvas, antialias: true })
  renderer.setPixelRatio(Math.min(MAX_PIXEL_RATIO, devicePixelRatio))
  const scene = new Scene()
  const camera = new PerspectiveCamera(40, 1, 0.01, 200)
  camera.up.set(0, 0, 1)
  const sky = new Color()
  const floor = new Color()
  scene.background = sky
  scene.add(new HemisphereLight(0xffffff, 0x888888, 2))
  const sun = new DirectionalLight(0xffffff, 1.5)
  sun.position.set(2, -3, 5)
  scene.add(sun)
  const solid = partsOf(geoms, { opacity: 1, floor })
  const ghost = partsOf(geoms, { opacity: GHOST, floor: null })
  for (const part of [...solid, ...ghost]) if (part) scene.add(part.mesh)
  const controls = new OrbitControls(camera, canvas)
  controls.enableDamping = false
  const draw = () => renderer.render(scene, camera)
  controls.addEventListener('change', draw)
  const size = () => {
    const { clientWidth, clientHeight } = canvas
    renderer.setSize(clientWidth, clientHeight, false)
    camera.aspect = clientWidth / Math.max(1, clientHeight)
    camera.updateProjectionMatrix()
    draw()
  }
  const paint = () => {
    const styles = getComputedStyle(canvas)
    sky.setStyle(styles.backgroundColor)
    floor.setStyle(styles.borderTopColor)
    draw()
  }
  darkness.addEventListener('change', paint)
  standBefore(camera, controls, { geoms, first })
  paint()
  size()
  return {
    show: (timeMs, runs) => {
      place(solid, runs.solid, { timeMs, geomCount: geoms.length })
      if (runs.ghost) place(ghost, runs.ghost, { timeMs, geomCount: geoms.length })
      for (const part of ghost) if (part) part.mesh.visible = runs.ghost !== null
      draw()
    },
    walk: (by) => {
      walkAround(camera, controls.target, by)
      controls.update()
      draw()
    },
    resize: size,
    close: () => {
      darkness.removeEventListener('change', paint)
      controls.dispose()
      for (const part of [...solid, ...ghost]) part?.free()
      renderer.dispose()
    },
  }
}

type Part = { mesh: Mesh; free: () => void } | null

/** A mesh for each geom that can be drawn; null for the others, so that places stay. */
function partsOf(geoms: readonly Geom[], look: { opacity: number; floor: Color | null }): Part[] {
  return geoms.map((geom): Part => {
    const shape = geom.isShown ? shapeOf(geom) : null
    const isFloor = geom.type === 'plane'
    if (!shape || (isFloor && !look.floor)) return null
    const [red, green, blue, alpha] = geom.rgba
    const opacity = look.opacity * alpha
    const material = new MeshLambertMaterial({
      color: new Color().setRGB(red, green, blue),
      ...(opacity < 1 && { transparent: true, opacity, depthWrite: false }),
    })
    // The very colour of the stage, so that it changes with it.
    if (isFloor && look.floor) material.color = look.floor
    const mesh = new Mesh(shape, material)
    mesh.matrixAutoUpdate = false
    return {
      mesh,
      free: () => {
        shape.dispose()
        material.dispose()
      },
    }
  })
}

/** MuJoCo's sizes are halves, and its capsules and cylinders lie along z; three's lie along y. */
function shapeOf({ type, size: [a, b, c] }: Geom): BufferGeometry | null {
  if (type === 'box') return new BoxGeometry(a * 2, b * 2, c * 2)
  if (type === 'sphere') return new SphereGeometry(a, ROUND, ROUND)
  if (type === 'ellipsoid') return new SphereGeometry(1, ROUND, ROUND).scale(a, b, c)
  if (type === 'capsule') return new CapsuleGeometry(a, b * 2, ROUND / 3, ROUND).rotateX(QUARTER)
  if (type === 'cylinder') return new CylinderGeometry(a, a, b * 2, ROUND).rotateX(QUARTER)
  if (type === 'plane') return new PlaneGeometry(a > 0 ? a * 2 : ENDLESS_M, b > 0 ? b * 2 : ENDLESS_M)
  return null
}

function place(
  parts: readonly Part[],
  { timesMs, poses }: Drawn,
  { timeMs, geomCount }: { timeMs: number; geomCount: number },
): void {
  const sample = sampleAt(timesMs, timeMs)
  for (const [geom, part] of parts.entries()) {
    if (!part) continue
    const at = (sample * geomCount + geom) * NUMBERS_PER_GEOM
    const [x = 0, y = 0, z = 0, ...axes] = poses.subarray(at, at + NUMBERS_PER_GEOM)
    const row = (from: number) => [axes[from] ?? 0, axes[from + 1] ?? 0, axes[from + 2] ?? 0]
    part.mesh.matrix.set(...row(0), x, ...row(3), y, ...row(6), z, 0, 0, 0, 1)
  }
}

/** In front of what moves, so far off that all of it is seen. */
function standBefore(
  camera: PerspectiveCamera,
  controls: OrbitControls,
  { geoms, first }: { geoms: readonly Geom[]; first: Drawn },
): void {
  const middles = geoms.flatMap(({ type, isShown }, geom) => {
    const at = geom * NUMBERS_PER_GEOM
    return type === 'plane' || !isShown ? [] : [first.poses.subarray(at, at + 3)]
  })
  const ends = [0, 1, 2].map((axis) => {
    const along = middles.map((middle) => middle[axis] ?? 0)
    return [Math.min(...along, Infinity), Math.max(...along, -Infinity)] as const
  })
  const isKnown = middles.length > 0
  const [x, y, z] = ends.map(([low, high]) => (isKnown ? (low + high) / 2 : 0)) as [number, number, number]
  const reach = isKnown ? Math.max(0.3, Math.hypot(...ends.map(([low, high]) => high - low))) : 1
  controls.target.set(x, y, z)
  camera.position.set(x + reach * 1.1, y - reach * 1.4, z + reach * 0.6)
  controls.update()
}

function walkAround(
  camera: PerspectiveCamera,
  target: Vector3,
  { right = 0, up = 0, nearer = 1 }: { right?: number; up?: number; nearer?: number },
): void {
  const [x, y, z] = [camera.position.x - target.x, camera.position.y - target.y, camera.position.z - target.z]
  const away = Math.hypot(x, y, z) * nearer
  const height = Math.max(-HIGHEST, Math.min(HIGHEST, Math.asin(z / Math.hypot(x, y, z)) + up))
  const around = Math.atan2(y, x) + right
  const flat = Math.cos(height) * away
  camera.position.set(
    target.x + flat * Math.cos(around),
    target.y + flat * Math.sin(around),
    target.z + Math.sin(height) * away,
  )
}
