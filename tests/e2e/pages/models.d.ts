declare module 'virtual:capture-models' {
  export const models: import('@chiron/capture').ModelFiles
}
