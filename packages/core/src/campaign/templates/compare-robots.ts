import { NO_SUITE_ID } from '../../kinds/index.ts'
import type { CampaignTemplate } from '../campaign-template.ts'
import { JUDGING_FLOW, TO_JUDGE, WORKSPACE_ONLY } from './words.ts'

/** People say which of two robots did better, without knowing whose they are. */
export const compareRobots: CampaignTemplate = {
  id: 'compare-robots',
  name: { en: 'Compare robots, blind', ar: 'قارن بين الروبوتات دون معرفة أصحابها' },
  description: {
    en: 'People see two rollouts of different versions side by side. Out comes a ranking with intervals.',
    ar: 'يرى الناس تجربتين لإصدارين مختلفين جنبًا إلى جنب. والنتيجة ترتيب مع هوامشه.',
  },
  draft: {
    kind: 'compare',
    title: {
      en: 'Which robot did better?',
      ar: 'أيّ الروبوتين كان أفضل؟',
      es: '¿Qué robot lo hizo mejor?',
      fil: 'Aling robot ang mas magaling?',
      hi: 'किस रोबोट ने बेहतर किया?',
      pt: 'Qual robô se saiu melhor?',
      yo: 'Rọ́bọ́ọ̀tì wo ló ṣe dáadáa jù?',
    },
    briefs: {
      en: {
        title: 'Which robot did better?',
        steps: [
          'Read what both robots should do.',
          'Watch both clips to the end.',
          'Choose which one did better.',
        ],
        success: 'Your answer says which robot came closer to what it should do.',
        avoid: [
          'Do not prefer a robot for its colour or its shape.',
          'Do not guess: “No difference” is an answer, too.',
        ],
      },
      ar: {
        title: 'أيّ الروبوتين كان أفضل؟',
        steps: [
          'اقرأ ما الذي يجب أن يفعله الروبوتان.',
          'شاهد المقطعين إلى نهايتهما.',
          'اختر أيّهما كان أفضل.',
        ],
        success: 'جوابك يقول أيّ الروبوتين اقترب أكثر مما يجب أن يفعله.',
        avoid: ['لا تفضّل روبوتًا للونه أو شكله.', 'لا تخمّن: «لا فرق» جواب أيضًا.'],
      },
      es: {
        title: '¿Qué robot lo hizo mejor?',
        steps: [
          'Lee lo que deben hacer los dos robots.',
          'Mira los dos videos hasta el final.',
          'Elige cuál lo hizo mejor.',
        ],
        success: 'Tu respuesta dice qué robot se acercó más a lo que debía hacer.',
        avoid: [
          'No prefieras un robot por su color o su forma.',
          'No adivines: “No hay diferencia” también es una respuesta.',
        ],
      },
      fil: {
        title: 'Aling robot ang mas magaling?',
        steps: [
          'Basahin kung ano ang dapat gawin ng dalawang robot.',
          'Panoorin ang dalawang video hanggang dulo.',
          'Piliin kung alin ang mas magaling.',
        ],
        success: 'Sinasabi ng sagot mo kung aling robot ang mas malapit sa dapat nitong gawin.',
        avoid: [
          'Huwag pumili ng robot dahil sa kulay o hugis nito.',
          'Huwag manghula: sagot din ang “Walang pagkakaiba”.',
        ],
      },
      hi: {
        title: 'किस रोबोट ने बेहतर किया?',
        steps: ['पढ़ें कि दोनों रोबोट को क्या करना है।', 'दोनों वीडियो अंत तक देखें।', 'चुनें कि किसने बेहतर किया।'],
        success: 'आपका जवाब बताता है कि कौन सा रोबोट अपने काम के ज़्यादा करीब पहुँचा।',
        avoid: ['रंग या आकार देखकर रोबोट न चुनें।', 'अंदाज़ा न लगाएँ: “कोई फ़र्क नहीं” भी एक जवाब है।'],
      },
      pt: {
        title: 'Qual robô se saiu melhor?',
        steps: [
          'Leia o que os dois robôs devem fazer.',
          'Assista aos dois vídeos até o fim.',
          'Escolha qual se saiu melhor.',
        ],
        success: 'Sua resposta diz qual robô chegou mais perto do que devia fazer.',
        avoid: [
          'Não prefira um robô pela cor ou pela forma.',
          'Não adivinhe: “Sem diferença” também é uma resposta.',
        ],
      },
      yo: {
        title: 'Rọ́bọ́ọ̀tì wo ló ṣe dáadáa jù?',
        steps: [
          'Ka ohun tí àwọn rọ́bọ́ọ̀tì méjèèjì gbọ́dọ̀ ṣe.',
          'Wo fídíò méjèèjì títí dé òpin.',
          'Yan èyí tó ṣe dáadáa jù.',
        ],
        success: 'Ìdáhùn rẹ ń sọ rọ́bọ́ọ̀tì tó súnmọ́ ohun tó yẹ kó ṣe jù.',
        avoid: ['Má ṣe yan rọ́bọ́ọ̀tì nítorí àwọ̀ tàbí ìrísí rẹ̀.', 'Má ṣe méfò: “Kò sí ìyàtọ̀” náà jẹ́ ìdáhùn.'],
      },
    },
    exampleMediaId: null,
    terms: {
      payMinor: 15,
      currency: 'USD',
      estimateSeconds: 30,
      purpose: TO_JUDGE,
      recipients: WORKSPACE_ONLY,
      retentionDays: 730,
    },
    quota: 300,
    perWorkerMax: null,
    leaseSeconds: 600,
    config: {
      suiteId: NO_SUITE_ID,
      suiteVersion: 1,
      world: 'real',
      policyVersionIds: [],
      stream: null,
      whyTermIds: [
        'failure.missed-grasp',
        'failure.dropped',
        'failure.wrong-place',
        'failure.collision',
        'failure.stopped-early',
      ],
      asksProgress: true,
      until: 'order',
    },
    flow: {
      ...JUDGING_FLOW,
      answers: { min: 1, max: 1, sureAt: 0.5 },
      review: { whenDisputed: false, sampleRatio: 0 },
    },
    goldRatio: 0,
    sourceCampaignId: null,
  },
}
