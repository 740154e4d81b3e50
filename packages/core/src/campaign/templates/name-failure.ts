import { DEFAULT_GOLD_RATIO } from '../../gold/index.ts'
import type { CampaignTemplate } from '../campaign-template.ts'
import { JUDGING_FLOW, TO_JUDGE, WORKSPACE_ONLY } from './words.ts'

/** People name what went wrong first in clips known to have failed. */
export const nameFailure: CampaignTemplate = {
  id: 'name-failure',
  name: { en: 'Name the failure', ar: 'سمِّ سبب الفشل' },
  description: {
    en: 'For clips that failed: several people name the first thing that went wrong.',
    ar: 'للمقاطع التي فشلت: يسمّي عدة أشخاص أول خطأ حدث.',
  },
  draft: {
    kind: 'choose',
    title: {
      en: 'What went wrong?',
      ar: 'ما الذي حدث خطأً؟',
      es: '¿Qué salió mal?',
      fil: 'Ano ang nagkamali?',
      hi: 'क्या गलत हुआ?',
      pt: 'O que deu errado?',
      yo: 'Kí ló ṣàṣìṣe?',
    },
    briefs: {
      en: {
        title: 'What went wrong?',
        steps: [
          'Watch the clip: something goes wrong in it.',
          'Find the first moment where it goes wrong. You can step frame by frame.',
          'Choose the reason that fits best.',
        ],
        success: 'Your answer names the first thing that went wrong, not what followed from it.',
        avoid: [
          'Do not choose the last thing that went wrong if an earlier one caused it.',
          'Do not use “Something else” when a reason in the list fits.',
        ],
      },
      ar: {
        title: 'ما الذي حدث خطأً؟',
        steps: [
          'شاهد المقطع: يحدث فيه خطأ ما.',
          'جد أول لحظة حدث فيها الخطأ. يمكنك التقدّم صورة بعد صورة.',
          'اختر السبب الأنسب.',
        ],
        success: 'جوابك يسمّي أول خطأ حدث، لا ما نتج عنه.',
        avoid: [
          'لا تختر آخر خطأ إذا كان سببه خطأً أسبق.',
          'لا تستعمل «سبب آخر» إذا كان في القائمة سبب مناسب.',
        ],
      },
      es: {
        title: '¿Qué salió mal?',
        steps: [
          'Mira el video: algo sale mal en él.',
          'Busca el primer momento en que sale mal. Puedes ir imagen por imagen.',
          'Elige la razón que mejor encaja.',
        ],
        success: 'Tu respuesta nombra lo primero que salió mal, no lo que vino después.',
        avoid: [
          'No elijas lo último que salió mal si algo anterior lo causó.',
          'No uses “Otra cosa” cuando una razón de la lista encaja.',
        ],
      },
      fil: {
        title: 'Ano ang nagkamali?',
        steps: [
          'Panoorin ang video: may nagkamali rito.',
          'Hanapin ang unang sandaling nagkamali. Puwede mong isa-isahin ang mga larawan.',
          'Piliin ang dahilang pinakabagay.',
        ],
        success: 'Sinasabi ng sagot mo ang unang nagkamali, hindi ang sumunod dito.',
        avoid: [
          'Huwag piliin ang huling nagkamali kung may naunang dahilan.',
          'Huwag gamitin ang “Iba pa” kung may bagay na dahilan sa listahan.',
        ],
      },
      hi: {
        title: 'क्या गलत हुआ?',
        steps: [
          'वीडियो देखें: इसमें कुछ गलत होता है।',
          'वह पहला पल ढूँढें जब गलत हुआ। आप एक-एक तस्वीर देख सकते हैं।',
          'जो कारण सबसे ठीक हो उसे चुनें।',
        ],
        success: 'आपका जवाब बताता है कि सबसे पहले क्या गलत हुआ, उसके बाद क्या हुआ यह नहीं।',
        avoid: ['आखिरी गलती न चुनें अगर वह किसी पहली गलती से हुई।', 'जब सूची में सही कारण हो तो “कुछ और” न चुनें।'],
      },
      pt: {
        title: 'O que deu errado?',
        steps: [
          'Assista ao vídeo: algo dá errado nele.',
          'Ache o primeiro momento em que dá errado. Você pode ir imagem por imagem.',
          'Escolha o motivo que mais combina.',
        ],
        success: 'Sua resposta diz a primeira coisa que deu errado, não o que veio depois.',
        avoid: [
          'Não escolha a última coisa que deu errado se algo antes a causou.',
          'Não use “Outra coisa” quando um motivo da lista combina.',
        ],
      },
      yo: {
        title: 'Kí ló ṣàṣìṣe?',
        steps: [
          'Wo fídíò náà: nǹkan kan ṣàṣìṣe nínú rẹ̀.',
          'Wá ìgbà àkọ́kọ́ tó ṣàṣìṣe. O lè wo àwòrán kọ̀ọ̀kan.',
          'Yan ìdí tó bá a mu jù.',
        ],
        success: 'Ìdáhùn rẹ ń sọ ohun tó kọ́kọ́ ṣàṣìṣe, kì í ṣe ohun tó tẹ̀lé e.',
        avoid: [
          'Má ṣe yan àṣìṣe tó kẹ́yìn bí ohun tó ṣáájú bá fà á.',
          'Má ṣe lo “Nǹkan mìíràn” nígbà tí ìdí kan nínú àkójọ bá a mu.',
        ],
      },
    },
    exampleMediaId: null,
    terms: {
      payMinor: 13,
      currency: 'USD',
      estimateSeconds: 25,
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
          id: 'failure',
          prompt: {
            en: 'What went wrong first?',
            ar: 'ما أول خطأ حدث؟',
            es: '¿Qué salió mal primero?',
            fil: 'Ano ang unang nagkamali?',
            hi: 'सबसे पहले क्या गलत हुआ?',
            pt: 'O que deu errado primeiro?',
            yo: 'Kí ló kọ́kọ́ ṣàṣìṣe?',
          },
          termKind: 'failure',
          termIds: [
            'failure.missed-grasp',
            'failure.slipped',
            'failure.dropped',
            'failure.wrong-object',
            'failure.wrong-place',
            'failure.collision',
            'failure.spilled',
            'failure.damaged',
            'failure.stopped-early',
            'failure.out-of-view',
            'failure.other',
          ],
          required: true,
        },
      ],
      verdictQuestion: 'failure',
    },
    flow: { ...JUDGING_FLOW, answers: { min: 3, max: 7, sureAt: 0.9 } },
    goldRatio: DEFAULT_GOLD_RATIO,
    sourceCampaignId: null,
  },
}
