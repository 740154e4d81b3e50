/** The part of three that the stage uses. */
declare module 'three' {
  export class Color {
    constructor(colour?: string | number)
    setRGB(red: number, green: number, blue: number): this
    setStyle(colour: string): this
  }
  export class Vector3 {
    x: number
    y: number
    z: number
    constructor(x?: number, y?: number, z?: number)
    set(x: number, y: number, z: number): this
    copy(other: Vector3): this
  }
  export class Matrix4 {
    set(...rowByRow: number[]): this
  }
  export class Object3D {
    position: Vector3
    rotation: { x: number; y: number; z: number }
    scale: Vector3
    up: Vector3
    matrix: Matrix4
    matrixAutoUpdate: boolean
    visible: boolean
    add(...children: Object3D[]): this
    lookAt(target: Vector3): void
  }
  export class Scene extends Object3D {
    background: Color | null
  }
  export class PerspectiveCamera extends Object3D {
    aspect: number
    constructor(fieldOfView: number, aspect: number, near: number, far: number)
    updateProjectionMatrix(): void
  }
  export class BufferGeometry {
    rotateX(angle: number): this
    scale(x: number, y: number, z: number): this
    dispose(): void
  }
  export class BoxGeometry extends BufferGeometry {
    constructor(x: number, y: number, z: number)
  }
  export class SphereGeometry extends BufferGeometry {
    constructor(radius: number, across: number, down: number)
  }
  export class CapsuleGeometry extends BufferGeometry {
    constructor(radius: number, height: number, capSegments: number, radialSegments: number)
  }
  export class CylinderGeometry extends BufferGeometry {
    constructor(top: number, bottom: number, height: number, segments: number)
  }
  export class PlaneGeometry extends BufferGeometry {
    constructor(x: number, y: number)
  }
  export class MeshLambertMaterial {
    constructor(options: { color: Color; transparent?: boolean; opacity?: number; depthWrite?: boolean })
    color: Color
    dispose(): void
  }
  export class Mesh extends Object3D {
    constructor(geometry: BufferGeometry, material: MeshLambertMaterial)
  }
  export class HemisphereLight extends Object3D {
    constructor(sky: number, ground: number, intensity: number)
  }
  export class DirectionalLight extends Object3D {
    constructor(colour: number, intensity: number)
  }
  export class WebGLRenderer {
    constructor(options: { canvas: HTMLCanvasElement; antialias: boolean })
    setPixelRatio(ratio: number): void
    setSize(width: number, height: number, styled: boolean): void
    render(scene: Scene, camera: PerspectiveCamera): void
    dispose(): void
  }
}
declare module 'three/examples/jsm/controls/OrbitControls.js' {
  import type { PerspectiveCamera, Vector3 } from 'three'
  export class OrbitControls {
    target: Vector3
    enableDamping: boolean
    constructor(camera: PerspectiveCamera, element: HTMLElement)
    addEventListener(name: 'change', heard: () => void): void
    update(): void
    dispose(): void
  }
}
