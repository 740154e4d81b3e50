import type { CampaignTemplate } from '../campaign-template.ts'
import { TO_JUDGE, WORKSPACE_ONLY } from './words.ts'

/** People put the machine's points of the hands right. */
export const correctHands: CampaignTemplate = {
  id: 'correct-hands',
  name: { en: 'Correct the hands', ar: 'تصحيح نقاط اليدين' },
  description: {
    en: 'People put the points of the hands right where the machine was least sure of them.',
    ar: 'يصحّح الناس نقاط اليدين حيث كانت الآلة أقل ثقة.',
  },
  draft: {
    kind: 'keypoints',
    title: {
      en: 'Where are the fingers?',
      ar: 'أين الأصابع؟',
      es: '¿Dónde están los dedos?',
      fil: 'Nasaan ang mga daliri?',
      hi: 'उँगलियाँ कहाँ हैं?',
      pt: 'Onde estão os dedos?',
      yo: 'Níbo ni àwọn ìka wà?',
    },
    briefs: {
      en: {
        title: 'Where are the fingers?',
        steps: [
          'Look at the picture: a machine has put points on the joints of the hands.',
          'Move each point that is wrong onto the middle of its joint.',
          'A joint behind something: put the point where you think it is, and choose “Hidden”.',
          'A joint outside the picture: choose “Not in the picture”.',
        ],
        success: 'Every point lies on its joint, and only hands that are there have points.',
        avoid: [
          'Do not leave a point that is wrong because it is nearly right.',
          'Do not mark a hand that is not in the picture.',
        ],
      },
      ar: {
        title: 'أين الأصابع؟',
        steps: [
          'انظر إلى الصورة: وضعت آلة نقاطًا على مفاصل اليدين.',
          'حرّك كل نقطة خاطئة إلى وسط مفصلها.',
          'مفصل وراء شيء ما: ضع النقطة حيث تظنه، واختر «محجوب».',
          'مفصل خارج الصورة: اختر «خارج الصورة».',
        ],
        success: 'كل نقطة على مفصلها، ولا نقاط إلا لليد الموجودة.',
        avoid: ['لا تترك نقطة خاطئة لأنها قريبة من الصواب.', 'لا تحدد يدًا غير موجودة في الصورة.'],
      },
      es: {
        title: '¿Dónde están los dedos?',
        steps: [
          'Mira la imagen: una máquina puso puntos en las articulaciones de las manos.',
          'Mueve cada punto equivocado al centro de su articulación.',
          'Una articulación detrás de algo: pon el punto donde crees que está y elige “Tapado”.',
          'Una articulación fuera de la imagen: elige “Fuera de la imagen”.',
        ],
        success: 'Cada punto está en su articulación y solo tienen puntos las manos que se ven.',
        avoid: [
          'No dejes un punto equivocado porque casi está bien.',
          'No marques una mano que no está en la imagen.',
        ],
      },
      fil: {
        title: 'Nasaan ang mga daliri?',
        steps: [
          'Tingnan ang larawan: naglagay ang makina ng mga tuldok sa kasukasuan ng mga kamay.',
          'Ilipat ang bawat maling tuldok sa gitna ng kasukasuan nito.',
          'Kasukasuang natatakpan: ilagay ang tuldok kung saan sa tingin mo naroon, at piliin ang “Natatakpan”.',
          'Kasukasuang labas sa larawan: piliin ang “Wala sa larawan”.',
        ],
        success: 'Nasa kasukasuan ang bawat tuldok, at mga kamay lang na naroon ang may tuldok.',
        avoid: [
          'Huwag iwan ang maling tuldok dahil halos tama na.',
          'Huwag markahan ang kamay na wala sa larawan.',
        ],
      },
      hi: {
        title: 'उँगलियाँ कहाँ हैं?',
        steps: [
          'तस्वीर देखें: मशीन ने हाथों के जोड़ों पर बिंदु लगाए हैं।',
          'हर ग़लत बिंदु को उसके जोड़ के बीच में ले जाएँ।',
          'जोड़ किसी चीज़ के पीछे हो: जहाँ लगे वहाँ बिंदु रखें और “छिपा है” चुनें।',
          'जोड़ तस्वीर से बाहर हो: “तस्वीर में नहीं” चुनें।',
        ],
        success: 'हर बिंदु अपने जोड़ पर है, और सिर्फ़ मौजूद हाथों पर बिंदु हैं।',
        avoid: ['ग़लत बिंदु को लगभग सही मानकर न छोड़ें।', 'जो हाथ तस्वीर में नहीं है उस पर निशान न लगाएँ।'],
      },
      pt: {
        title: 'Onde estão os dedos?',
        steps: [
          'Olhe a imagem: uma máquina pôs pontos nas articulações das mãos.',
          'Mova cada ponto errado para o meio da articulação.',
          'Articulação atrás de algo: ponha o ponto onde acha que ela está e escolha “Escondido”.',
          'Articulação fora da imagem: escolha “Fora da imagem”.',
        ],
        success: 'Cada ponto está na sua articulação, e só as mãos que aparecem têm pontos.',
        avoid: [
          'Não deixe um ponto errado porque está quase certo.',
          'Não marque uma mão que não está na imagem.',
        ],
      },
      yo: {
        title: 'Níbo ni àwọn ìka wà?',
        steps: [
          'Wo àwòrán náà: ẹ̀rọ ti fi àmì sí àwọn oríkèé ọwọ́.',
          'Gbé àmì kọ̀ọ̀kan tó ṣì lọ sí àárín oríkèé rẹ̀.',
          'Oríkèé tó wà lẹ́yìn nǹkan: fi àmì sí ibi tí o rò pé ó wà, kí o yan “Ó farapamọ́”.',
          'Oríkèé tí kò sí nínú àwòrán: yan “Kò sí nínú àwòrán”.',
        ],
        success: 'Àmì kọ̀ọ̀kan wà lórí oríkèé rẹ̀, ọwọ́ tó wà níbẹ̀ nìkan ló sì ní àmì.',
        avoid: ['Má fi àmì tó ṣì sílẹ̀ nítorí pé ó fẹ́rẹ̀ẹ́ tọ́.', 'Má sàmì sí ọwọ́ tí kò sí nínú àwòrán.'],
      },
    },
    exampleMediaId: null,
    terms: {
      payMinor: 40,
      currency: 'USD',
      estimateSeconds: 120,
      purpose: TO_JUDGE,
      recipients: WORKSPACE_ONLY,
      retentionDays: 730,
    },
    quota: 100,
    perWorkerMax: null,
    leaseSeconds: 1800,
    config: { momentCount: 2 },
    flow: {
      checks: 'none',
      answers: { min: 2, max: 4, sureAt: 0.8 },
      acceptLabels: [],
      review: { whenDisputed: true, sampleRatio: 0.05 },
      retakesMax: 0,
    },
    goldRatio: 0,
    sourceCampaignId: null,
  },
}
