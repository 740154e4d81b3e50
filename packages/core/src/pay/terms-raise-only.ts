import { compareStrings, jcs } from '../kit/index.ts'

/** Something that keeps a plan from being carried out: a stable code, where, and why in plain words. */
export type TermsFault = { readonly code: string; readonly field: string; readonly why: string }

type Terms = { readonly payMinor: number } & Readonly<Record<string, unknown>>

/**
 * WR-8: accepted terms freeze, and a later version may only raise the pay. Every field except `payMinor`,
 * known or new, must stay as it was. Gives what stands against the change, sorted by field; empty: allowed.
 */
export function termsRaiseOnly(accepted: Terms, next: Terms): TermsFault[] {
  const fields = [...new Set([...Object.keys(accepted), ...Object.keys(next)])].sort(compareStrings)
  return fields.flatMap((field): TermsFault[] => {
    if (field === 'payMinor') return next.payMinor >= accepted.payMinor ? [] : [payLowered]
    if (isSame(accepted[field], next[field])) return []
    const why = `People accepted these terms, so “${field}” stays as it was. Start a new campaign to change it.`
    return [{ code: 'terms-frozen', field, why }]
  })
}

const payLowered: TermsFault = {
  code: 'pay-lowered',
  field: 'payMinor',
  why: 'People accepted this pay, so it can only go up. Start a new campaign to pay less.',
}

function isSame(before: unknown, after: unknown): boolean {
  if (before === undefined || after === undefined) return before === after
  return jcs(before) === jcs(after)
}
