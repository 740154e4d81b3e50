import { uuidv7 } from '@chiron/core/kit'

const RANDOM_BYTES = 16

/** A fresh id, made before anything is sent: sending again names the same thing. Works without https. */
export const newId = (): string => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)))
