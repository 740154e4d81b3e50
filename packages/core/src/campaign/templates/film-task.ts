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
    title: {
      en: 'Put a cup on a plate',
      ar: 'ضع كوبًا على طبق',
      es: 'Pon una taza sobre un plato',
      fil: 'Ilagay ang tasa sa plato',
      hi: 'प्लेट पर कप रखें',
      pt: 'Coloque uma xícara sobre um prato',
      yo: 'Gbé ife kan sórí àwo',
    },
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
      es: {
        title: 'Pon una taza sobre un plato',
        steps: [
          'Despeja una mesa y pon en ella una taza y un plato, a un palmo de distancia.',
          'Apoya el teléfono en algo para que vea la mesa y las dos manos.',
          'Empieza a grabar y luego toma la taza con una mano.',
          'Ponla en el centro del plato y retira la mano.',
        ],
        success:
          'La taza queda de pie sobre el plato, y tu mano y la taza se vieron en la imagen todo el tiempo.',
        avoid: [
          'Sin caras, sin otras personas y sin nada privado en la imagen.',
          'No muevas el teléfono mientras grabas.',
          'Sin bebidas calientes ni vidrio que pueda romperse.',
        ],
      },
      fil: {
        title: 'Ilagay ang tasa sa plato',
        steps: [
          'Linisin ang mesa at ilagay dito ang isang tasa at isang plato, isang dangkal ang layo.',
          'Isandal ang telepono sa isang bagay para makita nito ang mesa at ang dalawang kamay mo.',
          'Simulan ang pagkuha ng video, saka damputin ang tasa gamit ang isang kamay.',
          'Ilagay ito sa gitna ng plato at alisin ang kamay mo.',
        ],
        success: 'Nakatayo ang tasa sa plato, at kita sa video ang kamay mo at ang tasa sa buong oras.',
        avoid: [
          'Walang mukha, walang ibang tao, at walang pribadong bagay sa video.',
          'Huwag galawin ang telepono habang kumukuha ng video.',
          'Walang mainit na inumin at walang basong maaaring mabasag.',
        ],
      },
      hi: {
        title: 'प्लेट पर कप रखें',
        steps: [
          'एक मेज़ खाली करें और उस पर एक कप और एक प्लेट रखें, दोनों के बीच एक हथेली की दूरी हो।',
          'फ़ोन को किसी चीज़ के सहारे टिकाएँ, ताकि उसे मेज़ और दोनों हाथ दिखें।',
          'वीडियो बनाना शुरू करें, फिर एक हाथ से कप उठाएँ।',
          'उसे प्लेट के बीच में रखें और अपना हाथ हटा लें।',
        ],
        success: 'कप प्लेट पर सीधा खड़ा है, और आपका हाथ और कप पूरे समय तस्वीर में थे।',
        avoid: [
          'तस्वीर में कोई चेहरा, कोई और व्यक्ति या कोई निजी चीज़ न हो।',
          'वीडियो बनाते समय फ़ोन न हिलाएँ।',
          'गर्म पेय या टूटने वाला काँच न हो।',
        ],
      },
      pt: {
        title: 'Coloque uma xícara sobre um prato',
        steps: [
          'Libere uma mesa e coloque nela uma xícara e um prato, a um palmo de distância.',
          'Apoie o celular em algo para que ele veja a mesa e as duas mãos.',
          'Comece a filmar e depois pegue a xícara com uma mão.',
          'Coloque-a no meio do prato e tire a mão.',
        ],
        success: 'A xícara fica em pé sobre o prato, e sua mão e a xícara apareceram na imagem o tempo todo.',
        avoid: [
          'Sem rostos, sem outras pessoas e sem nada particular na imagem.',
          'Não mexa no celular enquanto filma.',
          'Sem bebidas quentes e sem vidro que possa quebrar.',
        ],
      },
      yo: {
        title: 'Gbé ife kan sórí àwo',
        steps: [
          'Palẹ̀ orí tábìlì mọ́, kí o sì gbé ife kan àti àwo kan sórí rẹ̀; jẹ́ kí wọ́n jìnnà tó ìbú ọwọ́ kan.',
          'Fi fóònù náà ti nǹkan kan, kí ó lè rí tábìlì náà àti ọwọ́ rẹ méjèèjì.',
          'Bẹ̀rẹ̀ sí í ya fídíò, lẹ́yìn náà fi ọwọ́ kan gbé ife náà.',
          'Gbé e sí àárín àwo náà, kí o sì mú ọwọ́ rẹ kúrò.',
        ],
        success: 'Ife náà dúró lórí àwo náà, ọwọ́ rẹ àti ife náà sì wà nínú àwòrán ní gbogbo ìgbà.',
        avoid: [
          'Kò gbọ́dọ̀ sí ojú ẹnikẹ́ni, ènìyàn mìíràn tàbí nǹkan ìkọ̀kọ̀ nínú àwòrán.',
          'Má ṣe gbé fóònù náà kúrò níbi tó wà nígbà tí o bá ń ya fídíò.',
          'Má ṣe lo ohun mímu gbígbóná tàbí dígí tó lè fọ́.',
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
