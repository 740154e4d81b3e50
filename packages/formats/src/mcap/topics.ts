import { POINT_STATES } from '@chiron/core/kinds'
import { BODY_LANDMARKS, HAND_JOINTS, MAX_BODIES } from '@chiron/core/sight'
import {
  ImageAnnotations as annotationsSchema,
  CameraCalibration as calibrationSchema,
  CompressedVideo as videoSchema,
} from '@foxglove/schemas/jsonschema.js'

/** A channel and what its messages look like, as JSON Schema. */
export type Topic = { topic: string; schema: string; jsonSchema: object }

const number = { type: 'number' }
const vector = (description: string, axes: readonly string[]) => ({
  type: 'object',
  description,
  properties: Object.fromEntries(axes.map((axis) => [axis, number])),
})
const sensorTime = { ...number, description: 'milliseconds on the sensor’s own clock' }
export const TOPICS = {
  video: topic('/phone/video', 'foxglove.CompressedVideo', videoSchema),
  calibration: topic('/phone/calibration', 'foxglove.CameraCalibration', calibrationSchema),
  annotations: topic('/phone/annotations', 'foxglove.ImageAnnotations', annotationsSchema),
  motion: topic('/phone/motion', 'chiron.DeviceMotion', {
    title: 'chiron.DeviceMotion',
    description:
      'What the phone felt, along its own axes: x to the right of the screen, y to its top, z out of it.',
    type: 'object',
    properties: {
      sensor_ms: sensorTime,
      acceleration: vector('m/s², gravity included', ['x', 'y', 'z']),
      rotation_rate: vector('rad/s', ['x', 'y', 'z']),
    },
  }),
  orientation: topic('/phone/orientation', 'chiron.DeviceOrientation', {
    title: 'chiron.DeviceOrientation',
    description: 'How the phone was held: a unit quaternion from its axes to the earth’s (y north, z up).',
    type: 'object',
    properties: {
      sensor_ms: sensorTime,
      orientation: vector('unit quaternion', ['x', 'y', 'z', 'w']),
      is_absolute: { type: 'boolean', description: 'whether north is north, or wherever it began' },
    },
  }),
  hands: topic('/phone/hands', 'chiron.Hands', {
    title: 'chiron.Hands',
    description:
      'What a detector on the phone believed about the hands in the picture at this time: an aid, never the truth. No hands in a message: it looked and saw none. By which tool and model stands in the metadata chiron.hands.',
    type: 'object',
    properties: {
      native_ms: { ...number, description: 'milliseconds on the detector’s own clock' },
      hands: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            side: { type: 'string', enum: ['left', 'right'] },
            confidence: { ...number, description: 'how sure the detector is of the side, 0..1' },
            points: {
              type: 'array',
              description: `21 joints: ${HAND_JOINTS.join(', ')}`,
              items: vector(
                'x and y in shares of the picture from its top left, beyond 0..1 where guessed outside it; z in shares of its width from the wrist, towards the camera where negative',
                ['x', 'y', 'z'],
              ),
            },
          },
        },
      },
    },
  }),
  metricHands: topic('/phone/hands/metres', 'chiron.HandsInMetres', {
    title: 'chiron.HandsInMetres',
    description:
      'The same hands in the camera’s room (x to the right, y down, z away from it), lifted by the calibration on /phone/calibration from the model’s belief of the shape of a usual hand: an estimate, never the truth.',
    type: 'object',
    properties: {
      native_ms: { ...number, description: 'milliseconds on the detector’s own clock' },
      hands: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            side: { type: 'string', enum: ['left', 'right'] },
            points: {
              type: 'array',
              description: `21 joints: ${HAND_JOINTS.join(', ')}`,
              items: vector('metres', ['x', 'y', 'z']),
            },
            error_m: {
              ...number,
              description: 'standard error of the hand’s distance, how hands differ in size included',
            },
            miss_px: { ...number, description: 'how far its joints miss the picture’s, root mean square' },
          },
        },
      },
    },
  }),
  drawnHands: topic('/phone/hands/annotations', 'foxglove.ImageAnnotations', annotationsSchema),
  body: topic('/phone/body', 'chiron.Body', {
    title: 'chiron.Body',
    description:
      'What a detector on the phone believed about the body that takes most of the picture at this time: an aid, never the truth. No landmarks in a message: it looked and saw nobody. By which tool and model stands in the metadata chiron.body.',
    type: 'object',
    properties: {
      native_ms: {
        ...number,
        description: 'milliseconds on the clock of the take as filmed, of the picture that was looked at',
      },
      count: {
        type: 'integer',
        description: `bodies in the picture; ${MAX_BODIES} stands for as many or more`,
      },
      landmarks: {
        type: 'array',
        description: `the 33 of BlazePose: ${BODY_LANDMARKS.join(', ')}`,
        items: {
          type: 'object',
          description:
            'x and y in shares of the picture from its top left, beyond 0..1 where guessed outside it; z in shares of its width from the middle of the hips, towards the camera where negative; visibility: how likely it is in sight, 0..1',
          properties: {
            name: { type: 'string', enum: [...BODY_LANDMARKS] },
            x: number,
            y: number,
            z: number,
            visibility: number,
          },
        },
      },
    },
  }),
  correctedHands: topic('/people/hands', 'chiron.CorrectedHands', {
    title: 'chiron.CorrectedHands',
    description:
      'Where people together put the joints of the hands in the picture at this time, beside what the detector believed on /phone/hands. They began with the detector’s points.',
    type: 'object',
    properties: {
      answer_count: { ...number, description: 'how many people answered' },
      by: {
        type: 'string',
        enum: ['consensus', 'member'],
        description: 'settled by how far they agree, or by a member of the team',
      },
      hands: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            side: { type: 'string', enum: ['left', 'right'] },
            is_in_picture: { type: 'boolean', description: 'false: people say that there is no such hand' },
            agreement: { ...number, description: 'mean agreement of its points, 0..1' },
            points: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  joint: { type: 'string', enum: [...HAND_JOINTS] },
                  state: {
                    type: 'string',
                    enum: [...POINT_STATES],
                    description:
                      'hidden: behind something, its place is guessed; outside: not in the picture',
                  },
                  x: { ...number, description: 'share of the picture’s width from its left' },
                  y: { ...number, description: 'share of the picture’s height from its top' },
                  error_px: {
                    ...number,
                    description:
                      'one standard deviation along each axis, in pixels of the recording’s picture',
                  },
                  agreement: { ...number, description: 'share of the answers that have it there, 0..1' },
                  state_share: { ...number, description: 'share of the answers that say this state, 0..1' },
                },
              },
            },
          },
        },
      },
    },
  }),
  drawnBody: topic('/phone/body/annotations', 'foxglove.ImageAnnotations', annotationsSchema),
  drawnCorrectedHands: topic('/people/hands/annotations', 'foxglove.ImageAnnotations', annotationsSchema),
  covers: topic('/phone/covers', 'chiron.Cover', {
    title: 'chiron.Cover',
    description:
      'Places that the phone filled with one colour before the film left it, from this time on. By which tool and models stands in the metadata chiron.redaction.',
    type: 'object',
    properties: {
      from_ms: { ...number, description: 'milliseconds from the first picture' },
      to_ms: { ...number, description: 'milliseconds from the first picture' },
      of: { type: 'string', enum: ['face', 'sheet'], description: 'sheet: a screen or a paper' },
      boxes: {
        type: 'array',
        items: vector('in shares of the picture from its top left', ['x', 'y', 'width', 'height']),
      },
    },
  }),
  signals: topic('/quality', 'chiron.FrameSignals', {
    title: 'chiron.FrameSignals',
    description: 'What the checks measured on the picture at this time.',
    type: 'object',
    properties: {
      brightness: { ...number, description: 'mean luma, 0..1' },
      clipped_ratio: { ...number, description: 'share of pixels that are black or white' },
      sharpness: { ...number, description: 'variance of the Laplacian' },
      motion: { ...number, description: 'share of luma that changed since the last sample' },
    },
  }),
} as const

function topic(name: string, schema: string, jsonSchema: object): Topic {
  return { topic: name, schema, jsonSchema }
}
