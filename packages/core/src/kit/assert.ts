/**
 * Stops the program on a mistake of ours. What a user can cause is refused with a `Refusal` instead.
 * @throws Error naming the broken promise
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`)
}
