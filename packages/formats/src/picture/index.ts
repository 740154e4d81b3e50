export { strippedPicture } from './stripped-picture.ts'
