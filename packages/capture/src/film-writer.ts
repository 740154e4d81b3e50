import {
  AppendOnlyStreamTarget,
  BufferTarget,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  Quality,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny'

/** What writing films needs of mediabunny, loaded when filming begins: named, so that bundlers drop the rest. */
export const writer = {
  AppendOnlyStreamTarget,
  BufferTarget,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  Quality,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
}
