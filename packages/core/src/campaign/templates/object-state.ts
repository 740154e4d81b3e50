import { DEFAULT_GOLD_RATIO } from '../../gold/index.ts'
import type { CampaignTemplate } from '../campaign-template.ts'
import { JUDGING_FLOW, TO_JUDGE, WORKSPACE_ONLY } from './words.ts'

/** People say in which state an object is at the end of a clip. */
export const objectState: CampaignTemplate = {
  id: 'object-state',
  name: { en: 'Object state', ar: 'حالة الشيء' },
  description: {
    en: 'Several people say in which state the object is when the clip ends.',
    ar: 'يقول عدة أشخاص في أي حالة يكون الشيء عند نهاية المقطع.',
  },
  draft: {
    kind: 'choose',
    title: {
      en: 'How does it end?',
      ar: 'كيف ينتهي؟',
      es: '¿Cómo termina?',
      fil: 'Paano ito natapos?',
      hi: 'आखिर में कैसा है?',
      pt: 'Como termina?',
      yo: 'Báwo ló ṣe parí?',
    },
    briefs: {
      en: {
        title: 'How does it end?',
        steps: [
          'Watch the clip to its end.',
          'Look at the object that the hand or the robot moved.',
          'Choose the state it is in when the clip ends.',
        ],
        success: 'Your answer says how the object is in the last picture of the clip.',
        avoid: [
          'Do not answer for the start or the middle of the clip.',
          'Do not guess: “Cannot tell” is fine.',
        ],
      },
      ar: {
        title: 'كيف ينتهي؟',
        steps: [
          'شاهد المقطع حتى نهايته.',
          'انظر إلى الشيء الذي حرّكته اليد أو الروبوت.',
          'اختر الحالة التي هو عليها عند نهاية المقطع.',
        ],
        success: 'جوابك يصف حالة الشيء في آخر صورة من المقطع.',
        avoid: ['لا تجب عن بداية المقطع أو وسطه.', 'لا تخمّن: «لا يمكن التحديد» جواب جيد.'],
      },
      es: {
        title: '¿Cómo termina?',
        steps: [
          'Mira el video hasta el final.',
          'Fíjate en el objeto que movió la mano o el robot.',
          'Elige en qué estado está cuando termina el video.',
        ],
        success: 'Tu respuesta dice cómo está el objeto en la última imagen del video.',
        avoid: [
          'No respondas por el principio ni por la mitad del video.',
          'No adivines: “No se puede saber” está bien.',
        ],
      },
      fil: {
        title: 'Paano ito natapos?',
        steps: [
          'Panoorin ang video hanggang dulo.',
          'Tingnan ang bagay na ginalaw ng kamay o robot.',
          'Piliin ang kalagayan nito pagkatapos ng video.',
        ],
        success: 'Sinasabi ng sagot mo ang kalagayan ng bagay sa huling larawan ng video.',
        avoid: [
          'Huwag sagutin ang simula o gitna ng video.',
          'Huwag manghula: ayos lang ang “Hindi masabi”.',
        ],
      },
      hi: {
        title: 'आखिर में कैसा है?',
        steps: [
          'वीडियो आखिर तक देखें।',
          'वह चीज़ देखें जिसे हाथ या रोबोट ने हिलाया।',
          'चुनें कि वीडियो के आखिर में वह किस हाल में है।',
        ],
        success: 'आपका जवाब बताता है कि वीडियो की आखिरी तस्वीर में चीज़ कैसी है।',
        avoid: ['वीडियो की शुरुआत या बीच का जवाब न दें।', 'अंदाज़ा न लगाएँ: “पता नहीं चलता” ठीक है।'],
      },
      pt: {
        title: 'Como termina?',
        steps: [
          'Assista ao vídeo até o fim.',
          'Olhe o objeto que a mão ou o robô mexeu.',
          'Escolha em que estado ele está quando o vídeo termina.',
        ],
        success: 'Sua resposta diz como o objeto está na última imagem do vídeo.',
        avoid: [
          'Não responda pelo começo nem pelo meio do vídeo.',
          'Não adivinhe: “Não dá para saber” também serve.',
        ],
      },
      yo: {
        title: 'Báwo ló ṣe parí?',
        steps: [
          'Wo fídíò náà dé òpin.',
          'Wo nǹkan tí ọwọ́ tàbí rọ́bọ́ọ̀tì náà gbé.',
          'Yan ipò tó wà nígbà tí fídíò parí.',
        ],
        success: 'Ìdáhùn rẹ ń sọ bí nǹkan náà ṣe wà nínú àwòrán tó kẹ́yìn fídíò náà.',
        avoid: ['Má ṣe dáhùn fún ìbẹ̀rẹ̀ tàbí àárín fídíò.', 'Má ṣe méfò: “A kò lè sọ” dára.'],
      },
    },
    exampleMediaId: null,
    terms: {
      payMinor: 8,
      currency: 'USD',
      estimateSeconds: 15,
      purpose: TO_JUDGE,
      recipients: WORKSPACE_ONLY,
      retentionDays: 730,
    },
    quota: 100,
    perWorkerMax: null,
    leaseSeconds: 600,
    config: {
      questions: [
        {
          id: 'state',
          prompt: {
            en: 'At the end, the object is …',
            ar: 'في النهاية، الشيء …',
            es: 'Al final, el objeto está …',
            fil: 'Sa dulo, ang bagay ay …',
            hi: 'आखिर में चीज़ …',
            pt: 'No fim, o objeto está …',
            yo: 'Ní òpin, nǹkan náà …',
          },
          termKind: 'state',
          termIds: ['state.upright', 'state.fallen', 'state.open', 'state.closed', 'state.unclear'],
          required: true,
        },
      ],
      verdictQuestion: 'state',
    },
    flow: JUDGING_FLOW,
    goldRatio: DEFAULT_GOLD_RATIO,
    sourceCampaignId: null,
  },
}
