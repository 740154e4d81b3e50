/** What is written decides about its direction; while nothing is, the page does, and what stands for it reads as the rest. */
export const directionOfField = (value: string): 'auto' | undefined => (value === '' ? undefined : 'auto')
