import { Refusal } from '@chiron/core/kit'
import type { ScenarioTemplate, SimFactor, Values } from '../template.ts'

const level = (key: string, en: string, ar: string, values: Values) => ({ key, label: { en, ar }, values })

const FACTORS: readonly SimFactor[] = [
  {
    key: 'push',
    kind: 'other',
    label: { en: 'Push', ar: 'الدفعة' },
    levels: [
      level('light', 'Light', 'خفيفة', { push: [2, 4] }),
      level('middling', 'Middling', 'متوسطة', { push: [6, 9] }),
      level('strong', 'Strong', 'قوية', { push: [12, 16] }),
    ],
  },
  {
    key: 'direction',
    kind: 'other',
    label: { en: 'From where', ar: 'من أين' },
    levels: [
      level('behind', 'From behind', 'من الخلف', { 'push-x': 1, 'push-y': 0 }),
      level('front', 'From the front', 'من الأمام', { 'push-x': -1, 'push-y': 0 }),
      level('side', 'From the side', 'من الجانب', { 'push-x': 0, 'push-y': 1 }),
    ],
  },
  {
    key: 'moment',
    kind: 'other',
    label: { en: 'When', ar: 'متى' },
    levels: [
      level('early', 'Early', 'مبكرًا', { 'push-at': [400, 600] }),
      level('late', 'Late', 'متأخرًا', { 'push-at': [1200, 1600] }),
    ],
  },
  {
    key: 'surface',
    kind: 'surface',
    label: { en: 'Floor', ar: 'الأرض' },
    levels: [
      level('rough', 'Rough', 'خشنة', { friction: 1 }),
      level('slippery', 'Slippery', 'زلقة', { friction: [0.12, 0.2] }),
    ],
  },
]

/** Which robots are known: the body that is pushed, its feet, how it begins, and from what height down it has fallen. */
const ROBOTS = {
  humanoid: {
    name: { en: 'the humanoid', ar: 'الروبوت البشري' },
    trunk: 'torso',
    feet: ['foot_left', 'foot_right'],
    start: {},
    fallenM: 0.9,
    heightM: 1,
  },
  g1: {
    name: { en: 'the Unitree G1', ar: 'روبوت يونيتري G1' },
    trunk: 'pelvis',
    feet: ['left_ankle_roll_link', 'right_ankle_roll_link'],
    start: { hip_pitch: -0.1, knee: 0.3, ankle_pitch: -0.2, elbow: 0.6, shoulder_pitch: 0.2 },
    fallenM: 0.55,
    heightM: 0.7,
  },
} as const
export type BalanceRobot = keyof typeof ROBOTS

const FLOOR =
  '<geom name="floor" type="plane" size="0 0 .05" condim="3" priority="1" friction="{{friction}} 0.005 0.0001"/>'

/**
 * Standing through a push: a robot that is given as MJCF stands on a floor and is pushed once. A floor of its own is taken
 * out for one whose friction is a factor.
 * @throws Refusal `model-malformed` when it has no `<worldbody>`
 */
export function balanceTemplate(robot: BalanceRobot, mjcf: string): ScenarioTemplate {
  const { name, trunk, feet, start, fallenM, heightM } = ROBOTS[robot]
  if (!mjcf.includes('<worldbody>')) {
    throw new Refusal('model-malformed', { reason: 'no <worldbody>' }, 'The model has no <worldbody>.')
  }
  const scene = mjcf
    .replace(/<geom [^>]*type="plane"[^>]*\/>/, '')
    .replace('<worldbody>', `<worldbody>${FLOOR}`)
  return {
    key: `balance-${robot}`,
    name: { en: `Stand through a push: ${name.en}`, ar: `قف رغم الدفعة: ${name.ar}` },
    instruction: { en: 'Stay on your feet.', ar: 'ابقَ واقفًا.' },
    mjcf: scene,
    base: {},
    factors: FACTORS,
    impossible: [],
    durationMs: 4000,
    start,
    feet,
    pushes: [{ body: trunk, atMs: 'push-at', impulseNs: 'push', towards: ['push-x', 'push-y', 0] }],
    success: {
      en: 'It still stands four seconds after the beginning.',
      ar: 'لا يزال واقفًا بعد أربع ثوانٍ من البداية.',
    },
    milestones: [],
    failures: [{ failureId: 'failure.fell', if: { kind: 'falls-below', body: trunk, heightM: fallenM } }],
    controller: 'balance',
    view: {
      eye: [2.2 * heightM, -2.4 * heightM, 1.3 * heightM],
      target: [0, 0, 0.75 * heightM],
      focalPx: 640,
      ground: { kind: 'floor' },
      hidden: ['floor'],
    },
  }
}
