import type { ChooseConfig } from '@chiron/core/kinds'
import type { Term } from '@chiron/core/ontology'

export const chooseConfig: ChooseConfig = {
  questions: [
    {
      id: 'outcome',
      prompt: { en: 'Did the towel end up folded?', ar: 'هل أصبحت المنشفة مطوية؟' },
      termKind: 'outcome',
      termIds: ['outcome.success', 'outcome.partial', 'outcome.failure'],
      required: true,
    },
    {
      id: 'reason',
      prompt: { en: 'What went wrong?', ar: 'ما الذي لم ينجح؟' },
      termKind: 'failure',
      termIds: ['failure.drop', 'failure.missed-grasp', 'failure.collision'],
      required: true,
      showWhen: { question: 'outcome', isOneOf: ['outcome.failure', 'outcome.partial'] },
    },
  ],
  verdictQuestion: 'outcome',
}

const term = (id: string, en: string, ar: string): Term => ({
  id,
  kind: id.split('.')[0] as Term['kind'],
  label: { en, ar },
})

export const chooseTerms: Term[] = [
  term('outcome.success', 'It worked', 'نجحت'),
  term('outcome.partial', 'Partly', 'نجحت جزئيًا'),
  term('outcome.failure', 'It failed', 'لم تنجح'),
  term('failure.drop', 'It was dropped', 'سقطت'),
  term('failure.missed-grasp', 'The hand missed it', 'لم تمسكها اليد'),
  term('failure.collision', 'Something was hit', 'اصطدمت بشيء'),
]
