import type { Condition, ScenarioTemplate, SimFactor, Values } from '../template.ts'
import { PAD, PICK_PLACE_SCENE, TABLE } from './pick-place-scene.ts'

const level = (key: string, en: string, ar: string, values: Values) => ({ key, label: { en, ar }, values })
const post = (name: string, x: number, y: number) =>
  `<geom name="${name}" type="box" pos="${x} ${y} 0.03" size="0.012 0.03 0.03" rgba="0.66 0.6 0.52 1"/>`

const FACTORS: readonly SimFactor[] = [
  {
    key: 'object',
    kind: 'object',
    label: { en: 'Object', ar: 'الشيء' },
    levels: [
      level('block', 'Block', 'مكعّب', {
        shape: 'box',
        size: '0.025 0.025 0.025',
        'half-height': 0.025,
        mass: 0.06,
        colour: '0.8 0.33 0.24',
      }),
      level('small-block', 'Small block', 'مكعّب صغير', {
        shape: 'box',
        size: '0.017 0.017 0.02',
        'half-height': 0.02,
        mass: 0.03,
        colour: '0.25 0.43 0.75',
      }),
      level('can', 'Can', 'علبة', {
        shape: 'cylinder',
        size: '0.023 0.034',
        'half-height': 0.034,
        mass: 0.09,
        colour: '0.84 0.63 0.2',
      }),
    ],
  },
  {
    key: 'pose',
    kind: 'pose',
    label: { en: 'Where it stands', ar: 'أين يقف' },
    levels: [
      level('usual', 'Usual place', 'المكان المعتاد', { x: [-0.15, -0.09], y: [-0.04, 0.04], turn: [-5, 5] }),
      level('far', 'Far corner', 'الركن البعيد', { x: [-0.24, -0.2], y: [0.1, 0.15], turn: [-5, 5] }),
      level('turned', 'Turned', 'مُدار', { x: [-0.15, -0.09], y: [-0.04, 0.04], turn: [25, 40] }),
    ],
  },
  {
    key: 'clutter',
    kind: 'clutter',
    label: { en: 'Clutter', ar: 'ازدحام' },
    levels: [
      level('none', 'None', 'لا شيء', { clutter: '' }),
      level('posts', 'Posts around the pad', 'أعمدة حول الهدف', {
        clutter: post('post-1', PAD.x - 0.1, PAD.y) + post('post-2', PAD.x + 0.1, PAD.y),
      }),
    ],
  },
  {
    key: 'light',
    kind: 'light',
    label: { en: 'Light', ar: 'الضوء' },
    levels: [
      level('bright', 'Bright', 'ساطع', { light: 1, 'eye-noise': 1 }),
      level('dim', 'Dim', 'خافت', { light: 0.62, 'eye-noise': 1.4 }),
    ],
  },
  {
    key: 'surface',
    kind: 'surface',
    label: { en: 'Surface', ar: 'السطح' },
    levels: [
      level('rough', 'Rough', 'خشن', { friction: 1.2 }),
      level('slippery', 'Slippery', 'زلق', { friction: [0.25, 0.4] }),
    ],
  },
  {
    key: 'distractors',
    kind: 'distractors',
    label: { en: 'Other things', ar: 'أشياء أخرى' },
    levels: [
      level('none', 'None', 'لا شيء', { distractor: '' }),
      level('one', 'Another block', 'مكعّب آخر', {
        distractor:
          '<body name="distractor" pos="{{dx}} {{dy}} 0.022"><freejoint name="distractor"/><geom name="distractor" type="box" size="0.022 0.022 0.022" mass="0.05" rgba="0.48 0.33 0.66 1"/></body>',
        dx: [-0.06, 0],
        dy: [-0.17, -0.13],
      }),
    ],
  },
]

const isLifted = (body: string): Condition => ({ kind: 'rises-above', body, heightM: 0.07 })
const isFalling: Condition = { kind: 'falls-faster', body: 'object', speedMps: 0.7 }
const isOnPad: Condition = {
  kind: 'ends-within',
  body: 'object',
  middle: [PAD.x, PAD.y],
  radiusM: PAD.halfSide,
  maxHeightM: 0.045,
}

/** The project's own small model: a gripper puts a thing on a pad. */
export const pickPlaceTemplate: ScenarioTemplate = {
  key: 'pick-place',
  name: { en: 'Put it on the pad', ar: 'ضعه على الهدف' },
  instruction: { en: 'Put the thing on the green pad.', ar: 'ضع الشيء على المربّع الأخضر.' },
  mjcf: PICK_PLACE_SCENE,
  base: {},
  factors: FACTORS,
  impossible: [],
  durationMs: 4500,
  start: {},
  feet: [],
  pushes: [],
  success: {
    en: 'The thing stands on the pad in the end and was not dropped.',
    ar: 'يقف الشيء على الهدف في النهاية ولم يسقط.',
  },
  milestones: [
    {
      key: 'touched',
      label: { en: 'Touched', ar: 'لُمس' },
      when: { kind: 'touches', one: 'object', other: 'left', minForceN: 0.1 },
    },
    { key: 'lifted', label: { en: 'Lifted', ar: 'رُفع' }, when: isLifted('object') },
    { key: 'on-the-pad', label: { en: 'On the pad', ar: 'على الهدف' }, when: isOnPad },
  ],
  failures: [
    { failureId: 'failure.wrong-object', if: isLifted('distractor') },
    { failureId: 'failure.missed-grasp', unless: isLifted('object') },
    { failureId: 'failure.dropped', if: isFalling },
    { failureId: 'failure.wrong-place', unless: isOnPad },
  ],
  controller: 'pick-place',
  view: {
    eye: [0.2, -0.72, 0.52],
    target: [0, 0, 0.06],
    focalPx: 640,
    ground: { kind: 'table', ...TABLE },
    pad: PAD,
    hidden: ['table'],
  },
}
