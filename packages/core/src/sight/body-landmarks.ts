const SIDES = ['left', 'right'] as const
const BELOW_THE_FACE = [
  ...['shoulder', 'elbow', 'wrist', 'pinky', 'index', 'thumb'],
  ...['hip', 'knee', 'ankle', 'heel', 'foot_index'],
]

/** The 33 landmarks of BlazePose (Bazarevsky et al. 2020) in the order of a body's points; left is the person's own. */
export const BODY_LANDMARKS: readonly string[] = [
  'nose',
  ...SIDES.flatMap((side) => ['eye_inner', 'eye', 'eye_outer'].map((part) => `${side}_${part}`)),
  ...SIDES.map((side) => `${side}_ear`),
  ...SIDES.map((side) => `mouth_${side}`),
  ...BELOW_THE_FACE.flatMap((part) => SIDES.map((side) => `${side}_${part}`)),
]

/** Lines on either side of a skeleton. */
const SIDE_LINES: readonly (readonly [string, string])[] = [
  ['shoulder', 'elbow'],
  ['elbow', 'wrist'],
  ['wrist', 'thumb'],
  ['wrist', 'pinky'],
  ['wrist', 'index'],
  ['pinky', 'index'],
  ['shoulder', 'hip'],
  ['hip', 'knee'],
  ['knee', 'ankle'],
  ['ankle', 'heel'],
  ['ankle', 'foot_index'],
  ['heel', 'foot_index'],
]

/** Bones between the landmarks, by their place: those of MediaPipe, without the lines it draws in the face. */
export const BODY_BONES: readonly (readonly [number, number])[] = [
  ['left_shoulder', 'right_shoulder'] as const,
  ['left_hip', 'right_hip'] as const,
  ...SIDES.flatMap((side) => SIDE_LINES.map(([from, to]) => [`${side}_${from}`, `${side}_${to}`] as const)),
].map(([from, to]) => [BODY_LANDMARKS.indexOf(from), BODY_LANDMARKS.indexOf(to)] as const)
