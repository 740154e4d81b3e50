import type { CampaignTemplate } from '../campaign-template.ts'
import { TO_TRAIN, WORKSPACE_ONLY } from './words.ts'

/** People film themselves doing a task at home. */
export const filmTask: CampaignTemplate = {
  id: 'film-task',
  name: { en: 'Film a task at home', ar: 'صوّر مهمة في البيت' },
  description: {
    en: 'People film their hands doing one household task. Recordings are checked at once, then by you.',
    ar: 'يصوّر الناس أيديهم وهي تؤدي مهمة منزلية واحدة. تُفحص التسجيلات فورًا، ثم تراجعونها أنتم.',
  },
  draft: {
    kind: 'demonstrate',
    title: { en: 'Put a cup on a plate', ar: 'ضع كوبًا على طبق' },
    briefs: {
      en: {
        title: 'Put a cup on a plate',
        steps: [
          'Clear a table and put a cup and a plate on it, a hand’s width apart.',
          'Lean the phone on something so that it sees the table and both hands.',
          'Start filming, then pick up the cup with one hand.',
          'Put it in the middle of the plate and take your hand away.',
        ],
        success:
          'The cup stands upright on the plate, and your hand and the cup were in the picture all along.',
        avoid: [
          'No faces, no other people, nothing private in the picture.',
          'Do not move the phone while filming.',
          'No hot drinks and no glass that could break.',
        ],
      },
      ar: {
        title: 'ضع كوبًا على طبق',
        steps: [
          'أفرغ طاولة وضع عليها كوبًا وطبقًا بينهما مسافة كفّ.',
          'أسند الهاتف إلى شيء بحيث يرى الطاولة ويديك كلتيهما.',
          'ابدأ التصوير، ثم ارفع الكوب بيد واحدة.',
          'ضعه في وسط الطبق ثم أبعد يدك.',
        ],
        success: 'يقف الكوب قائمًا على الطبق، وبقيت يدك والكوب في الصورة طوال الوقت.',
        avoid: [
          'لا وجوه ولا أشخاص آخرون ولا أشياء خاصة في الصورة.',
          'لا تحرّك الهاتف أثناء التصوير.',
          'لا مشروبات ساخنة ولا زجاج قد ينكسر.',
        ],
      },
    },
    exampleMediaId: null,
    terms: {
      payMinor: 120,
      currency: 'USD',
      estimateSeconds: 240,
      purpose: TO_TRAIN,
      recipients: WORKSPACE_ONLY,
      retentionDays: 730,
    },
    quota: 100,
    perWorkerMax: 20,
    leaseSeconds: 1800,
    config: {
      minSeconds: 3,
      maxSeconds: 60,
      camera: 'environment',
      orientation: 'any',
      minHeight: 480,
      fps: 30,
    },
    flow: {
      checks: 'required',
      answers: null,
      acceptLabels: [],
      review: { whenDisputed: true, sampleRatio: 0.2 },
      retakesMax: 3,
    },
    goldRatio: 0,
    sourceCampaignId: null,
  },
}
