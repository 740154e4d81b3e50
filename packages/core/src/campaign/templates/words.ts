import type { FlowRule } from '../../flow/index.ts'
import type { Localized } from '../campaign-draft.ts'

export const TO_TRAIN: Localized = {
  en: 'Your recordings teach robots to do household tasks.',
  ar: 'تسجيلاتك تعلّم الروبوتات أداء مهام منزلية.',
  es: 'Tus grabaciones enseñan a los robots a hacer tareas de la casa.',
  fil: 'Tinuturuan ng mga video mo ang mga robot ng mga gawaing-bahay.',
  hi: 'आपकी रिकॉर्डिंग रोबोट को घर के काम सिखाती हैं।',
  pt: 'Suas gravações ensinam robôs a fazer tarefas de casa.',
  yo: 'Àwọn fídíò rẹ ń kọ́ àwọn rọ́bọ́ọ̀tì ní iṣẹ́ ilé.',
}

export const TO_JUDGE: Localized = {
  en: 'Your answers decide which recordings robots learn from, and how well robots did.',
  ar: 'أجوبتك تحدد التسجيلات التي تتعلم منها الروبوتات، ومدى نجاح الروبوتات.',
  es: 'Tus respuestas deciden de qué grabaciones aprenden los robots y qué tan bien lo hicieron.',
  fil: 'Ang mga sagot mo ang nagpapasya kung aling mga video ang pag-aaralan ng mga robot, at kung gaano sila kahusay.',
  hi: 'आपके जवाब तय करते हैं कि रोबोट किन रिकॉर्डिंग से सीखें, और उन्होंने कितना अच्छा किया।',
  pt: 'Suas respostas decidem com quais gravações os robôs aprendem e como eles se saíram.',
  yo: 'Àwọn ìdáhùn rẹ ló ń pinnu fídíò tí àwọn rọ́bọ́ọ̀tì yóò fi kọ́ nǹkan, àti bí wọ́n ṣe ṣe dáadáa tó.',
}

/** The narrowest promise: a team that shares its data has to say so itself. */
export const WORKSPACE_ONLY: Localized = {
  en: 'Only the team that ordered this work.',
  ar: 'الفريق الذي طلب هذا العمل فقط.',
  es: 'Solo el equipo que pidió este trabajo.',
  fil: 'Ang team lang na humiling ng trabahong ito.',
  hi: 'सिर्फ़ वह टीम जिसने यह काम माँगा।',
  pt: 'Só a equipe que pediu este trabalho.',
  yo: 'Ẹgbẹ́ tó béèrè iṣẹ́ yìí nìkan.',
}

/** Answers until 95% sure, at least three, at most five; a twentieth of what is sure is looked at too. */
export const JUDGING_FLOW: FlowRule = {
  checks: 'none',
  answers: { min: 3, max: 5, sureAt: 0.95 },
  acceptLabels: [],
  review: { whenDisputed: true, sampleRatio: 0.05 },
  retakesMax: 0,
}
