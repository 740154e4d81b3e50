import { STARTER_LOCALES, STARTER_WORDS } from './starter-words.ts'
import type { Term, TermKind } from './term.ts'

type Row = readonly [id: string, english: string, arabic: string, parent?: string]

/** Handling things at home: enough to start labelling with. Further languages: starter-words.ts. */
const ROWS: Readonly<Record<TermKind, readonly Row[]>> = {
  outcome: [
    ['outcome.success', 'Success', 'نجاح'],
    ['outcome.partial', 'Partly done', 'تم جزئيًا'],
    ['outcome.failure', 'Failure', 'فشل'],
    ['outcome.unclear', 'Cannot tell', 'لا يمكن التحديد'],
  ],
  failure: [
    ['failure.grasp', 'The grip failed', 'فشل الإمساك'],
    ['failure.missed-grasp', 'Missed the object', 'لم تصل اليد إلى الشيء', 'failure.grasp'],
    ['failure.dropped', 'Dropped the object', 'سقط الشيء', 'failure.grasp'],
    ['failure.slipped', 'Object slipped in the hand', 'انزلق الشيء في اليد', 'failure.grasp'],
    ['failure.wrong-object', 'Took the wrong object', 'أخذ الشيء الخطأ'],
    ['failure.wrong-place', 'Put it in the wrong place', 'وضعه في المكان الخطأ'],
    ['failure.collision', 'Hit something', 'اصطدم بشيء'],
    ['failure.spilled', 'Spilled something', 'انسكب شيء'],
    ['failure.damaged', 'Damaged something', 'تضرّر شيء'],
    ['failure.fell', 'Fell over', 'سقط الروبوت أرضًا'],
    ['failure.stopped-early', 'Stopped before the end', 'توقّف قبل النهاية'],
    ['failure.out-of-view', 'Left the picture', 'خرج من الصورة'],
    ['failure.other', 'Something else', 'سبب آخر'],
  ],
  scale: [
    ['scale.balance-recovery', 'Keeping its balance', 'الحفاظ على التوازن'],
    ['scale.interaction-safety', 'Safe with people and things', 'الأمان مع الناس والأشياء'],
  ],
  state: [
    ['state.open', 'Open', 'مفتوح'],
    ['state.closed', 'Closed', 'مغلق'],
    ['state.empty', 'Empty', 'فارغ'],
    ['state.full', 'Full', 'ممتلئ'],
    ['state.upright', 'Upright', 'قائم'],
    ['state.fallen', 'Fallen over', 'ساقط'],
    ['state.folded', 'Folded', 'مطويّ'],
    ['state.unfolded', 'Unfolded', 'غير مطويّ'],
    ['state.unclear', 'Cannot tell', 'لا يمكن التحديد'],
  ],
  phase: [
    ['phase.reach', 'Reach', 'مدّ اليد'],
    ['phase.grasp', 'Grasp', 'إمساك'],
    ['phase.lift', 'Lift', 'رفع'],
    ['phase.transport', 'Carry', 'نقل'],
    ['phase.place', 'Place', 'وضع'],
    ['phase.release', 'Let go', 'ترك'],
  ],
  action: [
    ['action.pick', 'Pick up', 'التقاط'],
    ['action.place', 'Put down', 'وضع'],
    ['action.pour', 'Pour', 'سكب'],
    ['action.open', 'Open', 'فتح'],
    ['action.close', 'Close', 'إغلاق'],
    ['action.wipe', 'Wipe', 'مسح'],
    ['action.fold', 'Fold', 'طيّ'],
  ],
  object: [
    ['object.container', 'Container', 'وعاء'],
    ['object.cup', 'Cup', 'كوب', 'object.container'],
    ['object.bowl', 'Bowl', 'زبدية', 'object.container'],
    ['object.bottle', 'Bottle', 'زجاجة', 'object.container'],
    ['object.plate', 'Plate', 'طبق'],
    ['object.spoon', 'Spoon', 'ملعقة'],
    ['object.towel', 'Towel', 'منشفة'],
    ['object.door', 'Door', 'باب'],
    ['object.drawer', 'Drawer', 'درج'],
  ],
}

function termOf(kind: TermKind, [id, en, ar, parent]: Row): Term {
  const others = STARTER_LOCALES.map((locale, at) => [locale, STARTER_WORDS[id]?.[at] ?? en])
  return {
    id,
    kind,
    label: { en, ar, ...Object.fromEntries(others) },
    ...(parent === undefined ? {} : { parent }),
  }
}

/** The name and terms of the ontology that every workspace starts with. */
export const starterOntology: { readonly name: string; readonly terms: readonly Term[] } = {
  name: 'Household manipulation',
  terms: (Object.keys(ROWS) as TermKind[]).flatMap((kind) => ROWS[kind].map((row) => termOf(kind, row))),
}
