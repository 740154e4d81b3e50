/** Where a browser keeps what this phone knows of its cameras; alone, because the first screen forgets it. */
export const CAMERAS_KEY = 'chiron-cameras'
