/**
 * Short facts in one line. Each stands for itself in either direction: figures do not jump over the dot. Where a line
 * breaks, it breaks behind a dot.
 */
export const joinFacts = (...facts: string[]): string =>
  facts.map((fact) => `\u2068${fact}\u2069`).join('\u00a0· ')
