import {
  BlobSource,
  EncodedPacketSink,
  Input,
  type InputFormat,
  MATROSKA,
  MP4,
  QTFF,
  VideoSampleSink,
  WEBM,
} from 'mediabunny'

/** The containers that browsers record in. */
const formats: InputFormat[] = [MP4, QTFF, WEBM, MATROSKA]

/** What reading films needs of mediabunny, loaded when a take is finished. */
export const reader = { BlobSource, EncodedPacketSink, formats, Input, VideoSampleSink }
