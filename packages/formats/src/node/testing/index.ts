export { handsClip, makeClip, PHONE } from './make-clip.ts'
export {
  CAMERA,
  FACTS,
  KNOWN_CAMERA,
  LOG_SIGNER,
  makeSealedRelease,
  makeStory,
  RELEASE_SIGNER,
} from './make-sealed-release.ts'
