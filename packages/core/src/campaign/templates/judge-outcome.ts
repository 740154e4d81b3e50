import { DEFAULT_GOLD_RATIO } from '../../gold/index.ts'
import type { CampaignTemplate } from '../campaign-template.ts'
import { JUDGING_FLOW, TO_JUDGE, WORKSPACE_ONLY } from './words.ts'

/** People say whether the task in a clip succeeded, and what went wrong when it did not. */
export const judgeOutcome: CampaignTemplate = {
  id: 'judge-outcome',
  name: { en: 'Judge the outcome of clips', ar: 'احكم على نتيجة المقاطع' },
  description: {
    en: 'Several people say of each clip whether the task was done. Only disputed clips come to you.',
    ar: 'يقول عدة أشخاص عن كل مقطع هل أُنجزت المهمة. ولا يصلكم إلا ما اختُلف فيه.',
  },
  draft: {
    kind: 'choose',
    title: {
      en: 'Did it work?',
      ar: 'هل نجحت المهمة؟',
      es: '¿Funcionó?',
      fil: 'Nagtagumpay ba?',
      hi: 'क्या यह हो गया?',
      pt: 'Deu certo?',
      yo: 'Ṣé ó ṣeé ṣe?',
    },
    briefs: {
      en: {
        title: 'Did it work?',
        steps: [
          'Read what the person or robot should do.',
          'Watch the whole clip, as often as you like.',
          'Choose how it ended. If it did not work, choose why.',
        ],
        success: 'Your answer says what the clip shows at its end, even if the way there was clumsy.',
        avoid: [
          'Do not guess what happens outside the picture: choose “Cannot tell”.',
          'Do not judge style, speed or people.',
        ],
      },
      ar: {
        title: 'هل نجحت المهمة؟',
        steps: [
          'اقرأ ما الذي يجب على الشخص أو الروبوت أن يفعله.',
          'شاهد المقطع كاملًا، قدر ما تشاء من المرات.',
          'اختر كيف انتهى. وإن لم ينجح فاختر السبب.',
        ],
        success: 'جوابك يصف ما يظهر في نهاية المقطع، ولو كان الطريق إليه متعثرًا.',
        avoid: [
          'لا تخمّن ما يحدث خارج الصورة: اختر «لا يمكن التحديد».',
          'لا تحكم على الأسلوب أو السرعة أو الأشخاص.',
        ],
      },
      es: {
        title: '¿Funcionó?',
        steps: [
          'Lee lo que la persona o el robot debe hacer.',
          'Mira el video entero, todas las veces que quieras.',
          'Elige cómo terminó. Si no funcionó, elige por qué.',
        ],
        success: 'Tu respuesta dice lo que se ve al final del video, aunque el camino haya sido torpe.',
        avoid: [
          'No adivines lo que pasa fuera de la imagen: elige “No se puede saber”.',
          'No juzgues el estilo, la rapidez ni a las personas.',
        ],
      },
      fil: {
        title: 'Nagtagumpay ba?',
        steps: [
          'Basahin kung ano ang dapat gawin ng tao o robot.',
          'Panoorin ang buong video, kahit ilang ulit.',
          'Piliin kung paano ito natapos. Kung hindi nagtagumpay, piliin kung bakit.',
        ],
        success:
          'Sinasabi ng sagot mo kung ano ang makikita sa dulo ng video, kahit hindi maayos ang paggawa.',
        avoid: [
          'Huwag hulaan ang nangyayari sa labas ng larawan: piliin ang “Hindi masabi”.',
          'Huwag husgahan ang estilo, bilis o mga tao.',
        ],
      },
      hi: {
        title: 'क्या यह हो गया?',
        steps: [
          'पढ़ें कि व्यक्ति या रोबोट को क्या करना है।',
          'पूरा वीडियो देखें, जितनी बार चाहें।',
          'चुनें कि आखिर में क्या हुआ। नहीं हुआ तो कारण चुनें।',
        ],
        success: 'आपका जवाब बताता है कि वीडियो के आखिर में क्या दिखता है, चाहे बीच में गड़बड़ हुई हो।',
        avoid: ['तस्वीर के बाहर क्या हुआ, इसका अंदाज़ा न लगाएँ: “पता नहीं चलता” चुनें।', 'तरीके, तेज़ी या लोगों को न आँकें।'],
      },
      pt: {
        title: 'Deu certo?',
        steps: [
          'Leia o que a pessoa ou o robô deve fazer.',
          'Assista ao vídeo inteiro, quantas vezes quiser.',
          'Escolha como terminou. Se não deu certo, escolha por quê.',
        ],
        success: 'Sua resposta diz o que se vê no fim do vídeo, mesmo que o caminho tenha sido desajeitado.',
        avoid: [
          'Não adivinhe o que acontece fora da imagem: escolha “Não dá para saber”.',
          'Não julgue o jeito, a rapidez nem as pessoas.',
        ],
      },
      yo: {
        title: 'Ṣé ó ṣeé ṣe?',
        steps: [
          'Ka ohun tí ènìyàn tàbí rọ́bọ́ọ̀tì náà gbọ́dọ̀ ṣe.',
          'Wo gbogbo fídíò náà, iye ìgbà tí o bá fẹ́.',
          'Yan bó ṣe parí. Bí kò bá ṣeé ṣe, yan ìdí rẹ̀.',
        ],
        success: 'Ìdáhùn rẹ ń sọ ohun tó hàn ní òpin fídíò náà, bí ọ̀nà rẹ̀ kò bá tiẹ̀ dára.',
        avoid: [
          'Má ṣe fojú inú wo ohun tó ṣẹlẹ̀ lẹ́yìn àwòrán: yan “A kò lè sọ”.',
          'Má ṣe dájọ́ ọ̀nà, ìyára tàbí ènìyàn.',
        ],
      },
    },
    exampleMediaId: null,
    terms: {
      payMinor: 10,
      currency: 'USD',
      estimateSeconds: 20,
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
          id: 'outcome',
          prompt: {
            en: 'Did it work?',
            ar: 'هل نجحت المهمة؟',
            es: '¿Funcionó?',
            fil: 'Nagtagumpay ba?',
            hi: 'क्या यह हो गया?',
            pt: 'Deu certo?',
            yo: 'Ṣé ó ṣeé ṣe?',
          },
          termKind: 'outcome',
          termIds: ['outcome.success', 'outcome.partial', 'outcome.failure', 'outcome.unclear'],
          required: true,
        },
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
            'failure.dropped',
            'failure.wrong-object',
            'failure.wrong-place',
            'failure.collision',
            'failure.stopped-early',
            'failure.out-of-view',
            'failure.other',
          ],
          required: true,
          showWhen: { question: 'outcome', isOneOf: ['outcome.partial', 'outcome.failure'] },
        },
      ],
      verdictQuestion: 'outcome',
    },
    flow: JUDGING_FLOW,
    goldRatio: DEFAULT_GOLD_RATIO,
    sourceCampaignId: null,
  },
}
