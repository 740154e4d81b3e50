declare module 'virtual:capture-models' {
  /** Where the detector lies in this build (see tools/models). */
  export const models: import('@chiron/capture').ModelFiles
}
