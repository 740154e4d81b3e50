export { handsClip, makeClip, PHONE } from './make-clip.ts'
export {
  CAMERA,
  FACTS,
  LOG_SIGNER,
  makeSealedRelease,
  makeStory,
  RELEASE_SIGNER,
} from './make-sealed-release.ts'
