import type { Submission } from '@chiron/contract'
import type { I18n } from '@chiron/ui'

/** One reason why something came back: what it is, how to mend it, where in the clip it shows. */
export type ReasonWords = {
  id: string
  what: string
  hint: string
  momentMs: number | null
  toMs: number | null
}

/** A submission's reasons in the person's words: the member's own first, then what the checks found. */
export function reasonWords(
  { reasons, faults }: Pick<Submission, 'reasons' | 'faults'>,
  { t, has }: Pick<I18n, 't' | 'has'>,
): ReasonWords[] {
  const said = reasons.map(({ code, momentMs, hint }, at) => {
    const fault = has(`ui.fault.${code}`)
    const what = fault
      ? t(`ui.fault.${code}`)
      : has(`reason.${code}`)
        ? t(`reason.${code}`)
        : t('reason.other')
    const ownHint =
      hint !== '' && !fault ? hint : has(`ui.fault.${code}.hint`) ? t(`ui.fault.${code}.hint`) : hint
    return { id: `reason-${at}`, what, hint: ownHint, momentMs, toMs: null }
  })
  const found = faults
    .filter(({ code, severity }) => severity !== 'notice' && !reasons.some((reason) => reason.code === code))
    .map(({ code, fromMs, toMs }, at) => ({
      id: `fault-${at}`,
      what: has(`ui.fault.${code}`) ? t(`ui.fault.${code}`) : t('reason.other'),
      hint: has(`ui.fault.${code}.hint`) ? t(`ui.fault.${code}.hint`) : '',
      momentMs: fromMs,
      toMs,
    }))
  return [...said, ...found]
}
