import type { Brief } from '@chiron/contract'

/** The demo’s words, on top of the templates’: a task that the simulated clips show too. */
export const demoFilm: { title: Record<string, string>; briefs: Record<string, Brief> } = {
  title: {
    en: 'Film a task at home: put a thing on a target',
    ar: 'صوّر مهمة في البيت: ضع شيئًا على هدف',
    es: 'Graba una tarea en casa: pon una cosa en el blanco',
    fil: 'Mag-video ng gawain sa bahay: maglagay ng bagay sa target',
    hi: 'घर पर एक काम का वीडियो बनाएँ: एक चीज़ निशाने पर रखें',
    pt: 'Filme uma tarefa em casa: coloque uma coisa no alvo',
    yo: 'Ya fídíò iṣẹ́ kan nílé: gbé nǹkan kan sórí àmì',
  },
  briefs: {
    en: {
      title: 'Put a small thing on a target',
      steps: [
        'Clear a table. Lay down a sheet of paper or a plate as the target, and a cup or box beside it.',
        'Lean the phone on something so that it sees the table and both hands.',
        'Start filming, then pick the thing up with one hand.',
        'Put it in the middle of the target and take your hand away.',
      ],
      success:
        'The thing stands on the target, and your hand and the thing were in the picture all along. (The example is simulated: a gripper and a block.)',
      avoid: [
        'No faces, no other people, nothing private in the picture.',
        'Do not move the phone while filming.',
        'Nothing hot, sharp or breakable.',
      ],
    },
    ar: {
      title: 'ضع شيئًا صغيرًا على هدف',
      steps: [
        'أفرغ طاولة. ضع عليها ورقة أو طبقًا ليكون الهدف، وبجانبه كوبًا أو علبة.',
        'أسند الهاتف إلى شيء بحيث يرى الطاولة ويديك كلتيهما.',
        'ابدأ التصوير، ثم ارفع الشيء بيد واحدة.',
        'ضعه في وسط الهدف ثم أبعد يدك.',
      ],
      success: 'يقف الشيء على الهدف، وبقيت يدك والشيء في الصورة طوال الوقت. (المثال محاكاة: قابض ومكعّب.)',
      avoid: [
        'لا وجوه ولا أشخاص آخرون ولا أشياء خاصة في الصورة.',
        'لا تحرّك الهاتف أثناء التصوير.',
        'لا شيء ساخنًا أو حادًّا أو قابلًا للكسر.',
      ],
    },
    es: {
      title: 'Pon una cosa pequeña en el blanco',
      steps: [
        'Despeja una mesa. Pon una hoja de papel o un plato como blanco, y al lado una taza o una caja.',
        'Apoya el teléfono en algo para que vea la mesa y las dos manos.',
        'Empieza a grabar y luego toma la cosa con una mano.',
        'Ponla en el centro del blanco y retira la mano.',
      ],
      success:
        'La cosa está sobre el blanco, y tu mano y la cosa se vieron en la imagen todo el tiempo. (El ejemplo es simulado: una pinza y un bloque.)',
      avoid: [
        'Sin caras, sin otras personas y sin nada privado en la imagen.',
        'No muevas el teléfono mientras grabas.',
        'Nada caliente, filoso ni frágil.',
      ],
    },
    fil: {
      title: 'Ilagay ang maliit na bagay sa target',
      steps: [
        'Linisin ang mesa. Maglatag ng papel o plato bilang target, at sa tabi nito ang isang tasa o kahon.',
        'Isandal ang telepono sa isang bagay para makita nito ang mesa at ang dalawang kamay mo.',
        'Simulan ang pagkuha ng video, saka damputin ang bagay gamit ang isang kamay.',
        'Ilagay ito sa gitna ng target at alisin ang kamay mo.',
      ],
      success:
        'Nasa target ang bagay, at kita sa video ang kamay mo at ang bagay sa buong oras. (Simulasyon ang halimbawa: isang panghawak at isang bloke.)',
      avoid: [
        'Walang mukha, walang ibang tao, at walang pribadong bagay sa video.',
        'Huwag galawin ang telepono habang kumukuha ng video.',
        'Walang mainit, matalas o nababasag.',
      ],
    },
    hi: {
      title: 'एक छोटी चीज़ निशाने पर रखें',
      steps: [
        'एक मेज़ खाली करें। निशाने के लिए काग़ज़ या प्लेट रखें, और उसके पास एक कप या डिब्बा।',
        'फ़ोन को किसी चीज़ के सहारे टिकाएँ, ताकि उसे मेज़ और दोनों हाथ दिखें।',
        'वीडियो बनाना शुरू करें, फिर एक हाथ से चीज़ उठाएँ।',
        'उसे निशाने के बीच में रखें और अपना हाथ हटा लें।',
      ],
      success:
        'चीज़ निशाने पर रखी है, और आपका हाथ और चीज़ पूरे समय तस्वीर में थे। (उदाहरण सिमुलेशन है: एक ग्रिपर और एक ब्लॉक।)',
      avoid: [
        'तस्वीर में कोई चेहरा, कोई और व्यक्ति या कोई निजी चीज़ न हो।',
        'वीडियो बनाते समय फ़ोन न हिलाएँ।',
        'कुछ भी गर्म, नुकीला या टूटने वाला न हो।',
      ],
    },
    pt: {
      title: 'Coloque uma coisa pequena no alvo',
      steps: [
        'Libere uma mesa. Ponha uma folha de papel ou um prato como alvo, e ao lado uma xícara ou caixa.',
        'Apoie o celular em algo para que ele veja a mesa e as duas mãos.',
        'Comece a filmar e depois pegue a coisa com uma mão.',
        'Coloque-a no meio do alvo e tire a mão.',
      ],
      success:
        'A coisa está sobre o alvo, e sua mão e a coisa apareceram na imagem o tempo todo. (O exemplo é simulado: uma garra e um bloco.)',
      avoid: [
        'Sem rostos, sem outras pessoas e sem nada particular na imagem.',
        'Não mexa no celular enquanto filma.',
        'Nada quente, cortante ou que possa quebrar.',
      ],
    },
    yo: {
      title: 'Gbé nǹkan kékeré kan sórí àmì',
      steps: [
        'Palẹ̀ orí tábìlì mọ́. Tẹ́ ìwé tàbí gbé àwo sílẹ̀ gẹ́gẹ́ bí àmì, kí o sì gbé ife tàbí àpótí sẹ́gbẹ̀ẹ́ rẹ̀.',
        'Fi fóònù náà ti nǹkan kan, kí ó lè rí tábìlì náà àti ọwọ́ rẹ méjèèjì.',
        'Bẹ̀rẹ̀ sí í ya fídíò, lẹ́yìn náà fi ọwọ́ kan gbé nǹkan náà.',
        'Gbé e sí àárín àmì náà, kí o sì mú ọwọ́ rẹ kúrò.',
      ],
      success:
        'Nǹkan náà dúró lórí àmì náà, ọwọ́ rẹ àti nǹkan náà sì wà nínú àwòrán ní gbogbo ìgbà. (Àfarawé orí kọ̀ǹpútà ni àpẹẹrẹ náà: ọwọ́ rọ́bọ́ọ̀tì kan àti búlọ́ọ̀kù kan.)',
      avoid: [
        'Kò gbọ́dọ̀ sí ojú ẹnikẹ́ni, ènìyàn mìíràn tàbí nǹkan ìkọ̀kọ̀ nínú àwòrán.',
        'Má ṣe gbé fóònù náà kúrò níbi tó wà nígbà tí o bá ń ya fídíò.',
        'Kò gbọ́dọ̀ sí ohun tó gbóná, tó mú tàbí tó lè fọ́.',
      ],
    },
  },
}

export const demoJudge: { title: Record<string, string> } = {
  title: {
    en: 'Judge the outcome: is it on the target?',
    ar: 'احكم على النتيجة: هل هو على الهدف؟',
    es: 'Juzga el resultado: ¿está en el blanco?',
    fil: 'Husgahan ang resulta: nasa target ba ito?',
    hi: 'नतीजा परखें: क्या यह निशाने पर है?',
    pt: 'Julgue o resultado: está no alvo?',
    yo: 'Ṣe ìdájọ́ àbájáde: ṣé ó wà lórí àmì náà?',
  },
}

/** Stands in for a worker’s consent: there is nobody to ask. */
export const SIMULATED_RIGHTS =
  'Simulated on this machine by this software (MuJoCo physics). No person and no real robot is shown.'
export const DEMO_MONEY = 'Demo funds (not real money)'
