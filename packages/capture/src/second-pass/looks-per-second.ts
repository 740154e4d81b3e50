/** Looks at a finished film this often: with half a second's carry on both sides nothing shorter is missed but a blink. */
export const LOOKS_PER_SECOND = 5
