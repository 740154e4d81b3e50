/** What every notice says before a yes, whatever the campaign: the limits of a later no. All but English is machine-made. */
export const noticeWords = {
  afterTraining: {
    en: 'You can withdraw at any time. Your recordings are then frozen at once and deleted, and the team is shown every dataset that holds them: it must delete them there. A robot model that was already trained with them cannot unlearn them.',
    ar: 'يمكنك سحب موافقتك في أي وقت. عندها تُجمَّد تسجيلاتك فورًا ثم تُحذف، ويظهر للفريق كل مجموعة بيانات تحتويها، وعليه أن يحذفها منها. أما نموذج الروبوت الذي سبق تدريبه بها فلا يمكنه أن ينساها.',
    es: 'Puedes retirar tu sí en cualquier momento. Entonces tus grabaciones se congelan enseguida y se borran, y el equipo ve cada conjunto de datos que las contiene: debe borrarlas allí. Un modelo de robot que ya se entrenó con ellas no puede olvidarlas.',
    fil: 'Puwede mong bawiin ang oo mo kahit kailan. Ife-freeze agad ang mga video mo at saka buburahin, at makikita ng team ang bawat dataset na may laman nito: dapat nila itong burahin doon. Ang modelo ng robot na nasanay na gamit ang mga ito ay hindi na makakalimot.',
    hi: 'आप कभी भी अपनी हाँ वापस ले सकते हैं। तब आपकी रिकॉर्डिंग तुरंत रोक दी जाती हैं और मिटा दी जाती हैं, और टीम को हर वह डेटासेट दिखता है जिसमें वे हैं: उसे वहाँ से भी मिटाना होगा। जो रोबोट मॉडल इनसे पहले ही सीख चुका है, वह इन्हें भूल नहीं सकता।',
    pt: 'Você pode retirar o seu sim quando quiser. Então suas gravações são congeladas na hora e apagadas, e a equipe vê cada conjunto de dados em que elas estão: tem que apagá-las lá. Um modelo de robô que já foi treinado com elas não pode esquecê-las.',
    yo: 'O lè gba bẹ́ẹ̀ ni rẹ padà nígbàkúgbà. Nígbà náà a ó di àwọn fídíò rẹ lójú ẹsẹ̀, a ó sì pa wọ́n rẹ́, ẹgbẹ́ yóò sì rí gbogbo dátà tí wọ́n wà nínú rẹ̀: wọ́n gbọ́dọ̀ pa wọ́n rẹ́ níbẹ̀. Ètò rọ́bọ́ọ̀tì tí a ti fi wọ́n kọ́ kò lè gbàgbé wọn.',
  },
} as const
