export { HandsPicture } from './HandsPicture.tsx'
