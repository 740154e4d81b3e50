/** How questions are judged. */
export const judgement: Readonly<Record<string, string>> = {
  'judgement.title': 'Judgement',
  'judgement.lead':
    'How sure the answers are, how often they are right, and what each person’s answers are worth.',
  'judgement.noQuestions': 'Nobody is asked here',
  'judgement.noQuestionsText':
    'Recordings are judged in a campaign of questions about them: open the judgement of that one.',
  'judgement.saved': 'Answers saved',
  'judgement.savedWords':
    'fewer answers than asking everybody the most: {bought} instead of {most}, for {n, plural, one {# settled question} other {# settled questions}}.',
  'judgement.capped': 'Only the latest ones are counted.',
  'judgement.savedNone':
    'No question is settled yet. A question stops as soon as its answers are sure enough; what that saves is counted here.',
  'judgement.bar':
    'A question stops when the less sure of two models is {asked} sure. {n, plural, =0 {Nothing that stopped has been looked at again yet.} one {# question that had stopped was looked at again; {changed} turned out otherwise.} other {# questions that had stopped were looked at again; {changed} turned out otherwise.}}',
  'judgement.barRaised':
    'A question now stops only when the less sure of two models is {now} sure, instead of {asked}: of {n, plural, one {# question} other {# questions}} that had stopped and were looked at again, {changed} turned out otherwise. People here err together.',
  'judgement.gold': '{gold} of {all} answers were to questions whose answer was known; {asked} is asked for.',
  'judgement.goldOff': 'No questions with a known answer are mixed in.',
  'judgement.goldReady': '{n, plural, one {# is ready} other {# are ready}} to be asked.',
  'judgement.agreement': 'Agreement',
  'judgement.alpha': 'Krippendorff’s alpha',
  'judgement.enough': 'enough from',
  'judgement.alphaWords':
    '1 is perfect, 0 is chance; {answers} answers about {n, plural, one {# question} other {# questions}}. From {enough} on one may draw careful conclusions.',
  'judgement.agreementNone': 'No two people have answered the same question yet, or all say the same.',
  'judgement.calibration': 'As right as sure?',
  'judgement.known':
    '{n, plural, one {# question with a known answer} other {# questions with a known answer}}',
  'judgement.calibrationWords':
    'Where a member said what is true, the answers together were right {right} of the time (between {low} and {high}). In the mean they are {error} off from how sure they say they are.',
  'judgement.calibrationKey':
    'Each dot is the questions that were about as sure; the line is what their number allows for, the figure how many they are.',
  'judgement.calibrationNone': 'Nobody has said yet what is true',
  'judgement.calibrationNoneText':
    'State the answers of some settled questions, best drawn without looking: twenty show the rough picture. They also teach who answers well.',
  'judgement.stateSome': 'State some answers',
  'judgement.howSure': 'how sure',
  'judgement.howRight': 'how often right',
  'judgement.ideal': 'as right as sure',
  'judgement.workers': 'Who answers how well',
  'judgement.workersWords':
    'The share of right answers to expect of each, by what the answers of all say. This weighs answers; it pays and rejects nobody.',
  'judgement.workersNone': 'No answers yet. Everybody who answers appears here, by pseudonym.',
  'judgement.fitted': 'weighed anew {at}',
  'judgement.moreWorkers': 'Show more people',
  'judgement.copiers': 'Same answers',
  'judgement.copier': 'one voice with others',
  'judgement.copiersWords':
    'They agree more than their skill explains, so together they have one voice. Look before you conclude anything.',
  'judgement.workerAnswers': '{n, plural, one {# answer.} other {# answers.}}',
  'judgement.onKnown':
    'Right on {share} of {n, plural, one {# question with a known answer} other {# questions with a known answer}} (between {low} and {high}).',
  'judgement.onKnownNone': 'None of them to a question with a known answer yet.',
  'judgement.confusionOf': 'What {who} said when which was true',
  'judgement.said': 'said',
  'judgement.true': 'true',
  'judgement.questions': 'Questions',
  'judgement.questionsLead':
    'What the answers led to. State what is true where you know it: an open question is settled by your word and its answers are paid; a settled one keeps its verdict.',
  'judgement.question': 'Question',
  'judgement.leading': 'The answers say',
  'judgement.asGold': 'Asked as known',
  'judgement.truth': 'What is true',
  'judgement.stateIt': 'State the answer',
  'judgement.stateOf': 'State the answer of {id}',
  'judgement.retired': 'Not asked as known any more',
  'judgement.retire': 'Stop asking',
  'judgement.retireOf': 'Stop asking {id} as known',
  'judgement.show.all': 'All',
  'judgement.show.open': 'Open',
  'judgement.show.settled': 'Settled',
  'judgement.show.known': 'Stated by a member',
  'judgement.show.gold': 'Known',
  'judgement.empty.all': 'No questions yet',
  'judgement.emptyText.all': 'There is one for each recording that passes its checks.',
  'judgement.empty.open': 'Nothing is open',
  'judgement.emptyText.open': 'Every question is settled or stopped.',
  'judgement.empty.settled': 'Nothing is settled yet',
  'judgement.emptyText.settled':
    'A question is settled when its answers are sure enough, or a member decides.',
  'judgement.empty.known': 'Nobody has stated an answer yet',
  'judgement.emptyText.known': 'Choose what is true in the list of settled questions.',
  'judgement.empty.gold': 'Nothing is known beyond doubt yet',
  'judgement.emptyText.gold':
    'Questions that several people settle beyond doubt, and those a member states, are asked again of people who have not seen them.',
  'basis.title': 'What it rests on',
  'basis.answers':
    '{n, plural, one {# answer} other {# answers}}, weighed by how well each person answers elsewhere{known, plural, =0 {} one {, with # known answer} other {, with # known answers}}.',
  'basis.sure': 'The less sure of two models is {sureness} sure; {sureAt} was asked for.',
  'basis.strongFor': 'speaks strongly for it',
  'basis.for': 'speaks for it',
  'basis.little': 'says little',
  'basis.against': 'speaks against it',
  'basis.times': '×{odds}',
  'basis.timesWords': 'Makes the leading answer {odds} times as likely against the next.',
}
