import type { Brief } from '@chiron/contract'

/** The demo’s words, on top of the templates’: a task that the simulated clips show too. */
export const demoFilm: { title: Record<string, string>; briefs: Record<string, Brief> } = {
  title: { en: 'Film a task at home: put a thing on a target', ar: 'صوّر مهمة في البيت: ضع شيئًا على هدف' },
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
