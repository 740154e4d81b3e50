/**
 * A published criterion that a member may return or reject a take by (WR-12). `isFixable`: filming again helps, so a
 * retry is offered before any rejection (WR-13). `criterion`: what a good take does, keyed by locale.
 */
export type Criterion = {
  readonly code: string
  readonly isFixable: boolean
  readonly criterion: Readonly<Record<string, string>>
}

type Row = readonly [code: string, isFixable: boolean, english: string, arabic: string]

const ROWS: readonly Row[] = [
  ['hands-hidden', true, 'Hands and object stay in the picture.', 'تبقى اليدان والشيء داخل الصورة.'],
  [
    'task-incomplete',
    true,
    'The whole task is shown, from beginning to end.',
    'تظهر المهمة كاملة من البداية إلى النهاية.',
  ],
  ['wrong-action', true, 'What is done is what the brief asks for.', 'ما يُفعل هو ما يطلبه الوصف.'],
  [
    'wrong-object',
    true,
    'The object is one that the brief names.',
    'الشيء هو أحد الأشياء المذكورة في الوصف.',
  ],
  [
    'picture-unusable',
    true,
    'The picture is bright and sharp enough to follow the hands.',
    'الصورة مضيئة وواضحة بما يكفي لمتابعة اليدين.',
  ],
  ['camera-moved', true, 'The camera stays where it is.', 'تبقى الكاميرا في مكانها.'],
  ['person-recognisable', true, 'Nobody can be recognised.', 'لا يمكن التعرّف على أي شخص.'],
  [
    'private-content',
    true,
    'No papers, screens or addresses can be read.',
    'لا يمكن قراءة أوراق أو شاشات أو عناوين.',
  ],
  ['unsafe', true, 'Nobody is put in danger.', 'لا يتعرّض أحد للخطر.'],
  [
    'not-filmed-now',
    false,
    'The take was filmed for this task, not from a screen or an older recording.',
    'صُوّر المقطع لهذه المهمة، لا من شاشة ولا من تسجيل أقدم.',
  ],
  ['handed-in-before', false, 'The same take was not handed in before.', 'لم يُسلَّم المقطع نفسه من قبل.'],
]

/** The same in the other languages of the worker app, machine-made, in the order of LOCALES. */
const LOCALES = ['es', 'fil', 'hi', 'pt', 'yo'] as const
const TRANSLATED: Readonly<Record<string, readonly string[]>> = {
  'hands-hidden': [
    'Las manos y el objeto se quedan en la imagen.',
    'Nananatili sa larawan ang mga kamay at ang bagay.',
    'हाथ और चीज़ तस्वीर में रहते हैं।',
    'As mãos e o objeto ficam na imagem.',
    'Ọwọ́ àti nǹkan náà wà nínú àwòrán.',
  ],
  'task-incomplete': [
    'Se ve toda la tarea, de principio a fin.',
    'Ipinapakita ang buong gawain, mula simula hanggang dulo.',
    'पूरा काम दिखता है, शुरू से आखिर तक।',
    'A tarefa inteira aparece, do começo ao fim.',
    'Gbogbo iṣẹ́ náà hàn, láti ìbẹ̀rẹ̀ dé òpin.',
  ],
  'wrong-action': [
    'Lo que se hace es lo que pide la tarea.',
    'Ang ginagawa ay ang hinihingi ng gawain.',
    'जो किया गया वही है जो काम में माँगा गया।',
    'O que é feito é o que a tarefa pede.',
    'Ohun tí a ṣe ni iṣẹ́ náà béèrè.',
  ],
  'wrong-object': [
    'El objeto es uno de los que nombra la tarea.',
    'Ang bagay ay isa sa mga binanggit ng gawain.',
    'चीज़ वही है जिसका नाम काम में है।',
    'O objeto é um dos que a tarefa diz.',
    'Nǹkan náà jẹ́ ọ̀kan lára èyí tí iṣẹ́ náà dárúkọ.',
  ],
  'picture-unusable': [
    'La imagen es clara y nítida para seguir las manos.',
    'Sapat ang liwanag at linaw ng larawan para masundan ang mga kamay.',
    'तस्वीर इतनी उजली और साफ़ है कि हाथ दिखें।',
    'A imagem é clara e nítida o bastante para seguir as mãos.',
    'Àwòrán náà mọ́lẹ̀, ó sì mọ́ kedere tó láti tẹ̀ lé ọwọ́.',
  ],
  'camera-moved': [
    'La cámara se queda en su sitio.',
    'Hindi gumagalaw ang camera.',
    'कैमरा अपनी जगह पर रहता है।',
    'A câmera fica onde está.',
    'Kámẹ́rà kò yí kúrò ní ipò rẹ̀.',
  ],
  'person-recognisable': [
    'No se puede reconocer a nadie.',
    'Walang taong makikilala.',
    'किसी को पहचाना नहीं जा सकता।',
    'Não dá para reconhecer ninguém.',
    'A kò lè dá ẹnikẹ́ni mọ̀.',
  ],
  'private-content': [
    'No se pueden leer papeles, pantallas ni direcciones.',
    'Walang mababasang papel, screen o address.',
    'कोई कागज़, स्क्रीन या पता पढ़ा नहीं जा सकता।',
    'Não dá para ler papéis, telas nem endereços.',
    'A kò lè ka ìwé, ojú ẹ̀rọ tàbí àdírẹ́sì.',
  ],
  unsafe: [
    'Nadie corre peligro.',
    'Walang nalalagay sa panganib.',
    'किसी को खतरा नहीं है।',
    'Ninguém corre perigo.',
    'Kò sí ẹni tó wà nínú ewu.',
  ],
  'not-filmed-now': [
    'La toma se grabó para esta tarea, no de una pantalla ni de una grabación anterior.',
    'Kinunan ang video para sa gawaing ito, hindi mula sa screen o lumang video.',
    'वीडियो इसी काम के लिए बनाया गया, किसी स्क्रीन या पुरानी रिकॉर्डिंग से नहीं।',
    'A gravação foi feita para esta tarefa, não de uma tela nem de uma gravação antiga.',
    'A ya fídíò náà fún iṣẹ́ yìí, kì í ṣe láti ojú ẹ̀rọ tàbí fídíò àtijọ́.',
  ],
  'handed-in-before': [
    'La misma toma no se entregó antes.',
    'Hindi pa naipapasa dati ang parehong video.',
    'यही वीडियो पहले नहीं दिया गया।',
    'A mesma gravação não foi entregue antes.',
    'A kò tíì fi fídíò kan náà ránṣẹ́ tẹ́lẹ̀.',
  ],
}

/** Every criterion, in the order a reviewer is offered them. */
export const TAKE_CRITERIA: readonly Criterion[] = ROWS.map(([code, isFixable, en, ar]) => ({
  code,
  isFixable,
  criterion: {
    en,
    ar,
    ...Object.fromEntries(LOCALES.map((locale, at) => [locale, TRANSLATED[code]?.[at] ?? en])),
  },
}))
