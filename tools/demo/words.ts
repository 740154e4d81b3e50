/** What the demo's team asks for: it fits any clip of hands. */
export const FILMING = 'Film your hands at work'
export const JUDGING = 'Did the task work out?'
export const DATASET = 'hands-at-work'

export interface BriefWords {
  title: string
  steps: readonly string[]
  success: string
}

export const BRIEF: Readonly<Record<'English' | 'Arabic', BriefWords>> = {
  English: {
    title: FILMING,
    steps: [
      'Choose one small task, such as moving a cup.',
      'Lean the phone on something so that it sees both hands.',
      'Start filming, then do the task.',
      'Take your hands out of the picture at the end.',
    ],
    success: 'The task is done, and your hands were in the picture all along.',
  },
  Arabic: {
    title: 'صوّر يديك أثناء العمل',
    steps: [
      'اختر مهمة صغيرة واحدة، مثل تحريك كوب.',
      'أسند الهاتف إلى شيء بحيث يرى يديك كلتيهما.',
      'ابدأ التصوير، ثم أنجز المهمة.',
      'أبعد يديك عن الصورة في النهاية.',
    ],
    success: 'أُنجزت المهمة، وبقيت يداك في الصورة طوال الوقت.',
  },
}
