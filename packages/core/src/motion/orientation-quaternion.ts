/**
 * The unit quaternion [x, y, z, w] of a phone's orientation, from alpha, beta and gamma in degrees: intrinsic
 * rotations about Z, X′ and Y″ in this order (W3C Device Orientation and Motion, §4.1 and annex A).
 */
export function orientationQuaternion(
  alphaDeg: number,
  betaDeg: number,
  gammaDeg: number,
): [number, number, number, number] {
  const half = (degrees: number): [number, number] => {
    const radians = (degrees * Math.PI) / 360
    return [Math.cos(radians), Math.sin(radians)]
  }
  const [cx, sx] = half(betaDeg)
  const [cy, sy] = half(gammaDeg)
  const [cz, sz] = half(alphaDeg)
  return [
    sx * cy * cz - cx * sy * sz,
    cx * sy * cz + sx * cy * sz,
    cx * cy * sz + sx * sy * cz,
    cx * cy * cz - sx * sy * sz,
  ]
}
