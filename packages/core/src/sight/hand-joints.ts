const FINGERS = ['thumb', 'index', 'middle', 'ring', 'little'] as const
const JOINTS_A_FINGER = 4

/** The anatomical names of a hand's joints in the order of its points: `wrist`, `thumb_cmc` … `little_tip`. */
export const HAND_JOINTS: readonly string[] = [
  'wrist',
  ...FINGERS.flatMap((finger) => {
    const joints = finger === 'thumb' ? ['cmc', 'mcp', 'ip', 'tip'] : ['mcp', 'pip', 'dip', 'tip']
    return joints.map((joint) => `${finger}_${joint}`)
  }),
]

/** Bones between the joints, by their place: each finger from the wrist outwards. */
export const HAND_BONES: readonly (readonly [number, number])[] = HAND_JOINTS.slice(1).map((_, joint) => [
  joint % JOINTS_A_FINGER === 0 ? 0 : joint,
  joint + 1,
])
