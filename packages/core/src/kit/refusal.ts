/**
 * A request that is understood and not granted. `code` is kebab-case and stable (`lease-expired`);
 * `facts` are plain values a person or a client needs to act on it, never secrets.
 */
export class Refusal extends Error {
  readonly code: string
  readonly facts: Record<string, unknown>

  constructor(code: string, facts: Record<string, unknown> = {}, message: string = code) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
  }
}
