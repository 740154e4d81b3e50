import { type Geom, type Model, numbers } from '../model.ts'
import { type Poses, posesAt } from '../poses.ts'
import type { SimScenario } from '../template.ts'
import { drawGround } from './ground.ts'
import {
  type Camera,
  type Colour,
  cross,
  dot,
  drawTriangle,
  lookAt,
  minus,
  newPicture,
  overTriangle,
  type Picture,
  type Point,
  project,
  unit,
} from './picture.ts'
import { type Solid, solidOf, stick } from './solid.ts'
import { stamp } from './stamp.ts'

export const PICTURE = { width: 640, height: 480 } as const
/** Where the light comes from. */
const LIGHT: Point = unit([-0.35, -0.45, 1])
const SHADE = 0.58
const BONE_RADIUS_M = 0.035
const BONE_COLOUR: Colour = [120, 126, 136]

export interface Scene {
  /** The picture of one sample of a run (its qpos) as RGB bytes; the next call draws over it. */
  draw(qpos: ArrayLike<number>): Uint8Array
}

/** A shape in the world: its corners there, and its colour before it is lit. */
type Placed = {
  readonly corners: readonly Point[]
  readonly triangles: Solid['triangles']
  readonly colour: Colour
}

/**
 * A scenario as its view sees it: the ground, and on it the shapes of the model with their shadows. Bodies of a model that
 * has hardly any shapes are drawn as sticks from body to body. The picture says that it is simulated.
 */
export function openScene(model: Model, { template: { view }, values }: SimScenario): Scene {
  const camera = lookAt(view.eye, view.target, { ...PICTURE, focalPx: view.focalPx })
  const still = drawGround(camera, view)
  const picture = newPicture(PICTURE.width, PICTURE.height)
  const shadow = new Uint8Array(PICTURE.width * PICTURE.height)
  const shapes = shapesOf(model, view.hidden)
  const bones = bonesOf(model, shapes.length)
  const brightness = typeof values.light === 'number' ? values.light : 1
  return {
    draw(qpos) {
      const poses = posesAt(model, qpos)
      const placed = [
        ...shapes.map((shape) => placedShape(shape, poses)),
        ...bones.map((bone) => placedBone(bone, poses)),
      ]
      picture.rgb.set(still.rgb)
      picture.nearness.set(still.nearness)
      shadow.fill(0)
      for (const each of placed) castShadow(camera, shadow, each)
      darken(picture, shadow)
      for (const each of placed) drawShape(camera, picture, each)
      if (brightness !== 1) dim(picture, brightness)
      stamp(picture, 'SIMULATED')
      return picture.rgb
    },
  }
}

type Shape = { readonly at: number; readonly solid: Solid; readonly colour: Colour }

function shapesOf({ geoms }: Model, hidden: readonly string[]): Shape[] {
  return geoms.flatMap((geom, at) => {
    const solid = geom.isShown && !hidden.includes(geom.name) ? solidOf(geom) : null
    return solid ? [{ at, solid, colour: colourOf(geom) }] : []
  })
}

const colourOf = ({ rgba }: Geom): Colour => [rgba[0] * 255, rgba[1] * 255, rgba[2] * 255]

/** Body and parent of each part, where fewer than half of the bodies have a shape. */
function bonesOf({ model, bodies }: Model, shapeCount: number): (readonly [number, number])[] {
  if (shapeCount >= bodies.length / 2) return []
  const parents = numbers(model.body_parentid)
  return bodies.flatMap((_, at) => ((parents[at] ?? 0) > 0 ? [[at, parents[at] ?? 0] as const] : []))
}

function placedShape({ at, solid, colour }: Shape, { middles, axes }: Poses): Placed {
  const corners = solid.corners.map((corner) =>
    inWorld(corner, middles.subarray(at * 3), axes.subarray(at * 9)),
  )
  return { corners, triangles: solid.triangles, colour }
}

function placedBone([body, parent]: readonly [number, number], { bodies }: Poses): Placed {
  const point = (at: number): Point => [bodies[at * 3] ?? 0, bodies[at * 3 + 1] ?? 0, bodies[at * 3 + 2] ?? 0]
  const [from, to] = [point(parent), point(body)]
  const way = minus(to, from)
  const length = Math.hypot(...way)
  const along: Point = length > 1e-6 ? unit(way) : [0, 0, 1]
  const across = unit(cross(along, Math.abs(along[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]))
  const third = cross(along, across)
  const middle = [0, 1, 2].map((axis) => ((from[axis] ?? 0) + (to[axis] ?? 0)) / 2)
  const axes = [0, 1, 2].flatMap((row) => [across[row] ?? 0, third[row] ?? 0, along[row] ?? 0])
  const { corners, triangles } = stick(BONE_RADIUS_M, length / 2)
  return { corners: corners.map((corner) => inWorld(corner, middle, axes)), triangles, colour: BONE_COLOUR }
}

function inWorld([x, y, z]: Point, middle: ArrayLike<number>, axes: ArrayLike<number>): Point {
  const along = (row: number) =>
    (middle[row] ?? 0) +
    (axes[row * 3] ?? 0) * x +
    (axes[row * 3 + 1] ?? 0) * y +
    (axes[row * 3 + 2] ?? 0) * z
  return [along(0), along(1), along(2)]
}

function drawShape(camera: Camera, picture: Picture, { corners, triangles, colour }: Placed): void {
  const seen = corners.map((corner) => project(camera, corner))
  for (const [p, q, r] of triangles) {
    const [a, b, c] = [corners[p] as Point, corners[q] as Point, corners[r] as Point]
    const way = cross(minus(b, a), minus(c, a))
    // What looks away is behind something of the same shape; what has no area has no side.
    if (dot(way, minus(a, camera.eye)) >= 0) continue
    const light = 0.45 + 0.6 * Math.max(0, dot(unit(way), LIGHT))
    const lit = colour.map((part) => Math.min(255, part * light)) as never as Colour
    drawTriangle(picture, [seen[p] as Point, seen[q] as Point, seen[r] as Point], lit)
  }
}

function castShadow(camera: Camera, shadow: Uint8Array, { corners, triangles }: Placed): void {
  const fallen = corners.map(([x, y, z]) => {
    const way = Math.max(0, z) / LIGHT[2]
    return project(camera, [x - LIGHT[0] * way, y - LIGHT[1] * way, 0])
  })
  const mark = (pixel: number) => {
    shadow[pixel] = 1
  }
  for (const [p, q, r] of triangles)
    overTriangle(PICTURE, [fallen[p] as Point, fallen[q] as Point, fallen[r] as Point], mark)
}

/** Darkens the ground where a shadow falls; the wall behind it (nearness 0) has none. */
function darken({ rgb, nearness }: Picture, shadow: Uint8Array): void {
  for (let pixel = 0; pixel < shadow.length; pixel += 1) {
    if (shadow[pixel] === 0 || nearness[pixel] === 0) continue
    for (let part = pixel * 3; part < pixel * 3 + 3; part += 1) rgb[part] = (rgb[part] ?? 0) * SHADE
  }
}

function dim({ rgb }: Picture, brightness: number): void {
  for (let part = 0; part < rgb.length; part += 1) rgb[part] = Math.min(255, (rgb[part] ?? 0) * brightness)
}
