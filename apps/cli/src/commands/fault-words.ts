import type { WireFault } from '@chiron/contract'

const WORDS: Readonly<Record<string, string>> = {
  'video-empty': 'the file is empty',
  'video-not-a-video': 'this is not a video (MP4, MOV, WebM or MKV)',
  'video-truncated': 'the video is damaged, or its end is missing',
  'video-damaged': 'its pictures cannot be read',
  'video-no-track': 'it holds sound but no picture',
  'video-codec-unsupported': 'its codec is not known here',
  'video-too-long': 'it is too long',
  'video-too-large': 'its picture is too large',
}

/** Why a recording was refused, in words; the code where there are none. */
export function faultWords(faults: readonly WireFault[]): string {
  const grave = faults.filter(({ severity }) => severity !== 'notice')
  const said = [...new Set(grave.map(({ code }) => WORDS[code] ?? code.replaceAll('-', ' ')))]
  return said.length === 0 ? 'it was refused; the console says why' : said.join('; ')
}
