import type { I18n, IconName, Tone } from '@chiron/ui'

const ICONS: Record<string, IconName> = {
  appeal: 'flag',
  campaign: 'campaign',
  consensus: 'people',
  consent: 'shield',
  deployment: 'machine',
  drift: 'attention',
  embodiment: 'machine',
  invite: 'link',
  key: 'key',
  media: 'video',
  member: 'people',
  ontology: 'dataset',
  passkey: 'key',
  pay: 'money',
  payout: 'money',
  policy: 'machine',
  recall: 'flag',
  release: 'dataset',
  review: 'review',
  rollout: 'video',
  submission: 'sent',
  suite: 'chart',
  task: 'inbox',
  worker: 'person',
  workspace: 'campaign',
}

const TONES: Record<string, Tone> = {
  'consent.decide': 'good',
  'consent.expire': 'attention',
  'consent.withdraw': 'attention',
  'media.erase': 'attention',
  'media.freeze': 'attention',
  'recall.open': 'bad',
  'release.build': 'good',
  'release.fail': 'bad',
  'rollout.erase': 'attention',
  'submission.decide': 'information',
}

/** A record's action in the person's words; the action itself where nobody named it yet. */
export const actionWords = ({ t, has }: Pick<I18n, 't' | 'has'>, action: string): string =>
  has(`action.${action}`) ? t(`action.${action}`) : action

/** What a record is about in the person's words; its kind where nobody named that yet. */
export const subjectWords = ({ t, has }: Pick<I18n, 't' | 'has'>, kind: string): string =>
  has(`subject.${kind}`) ? t(`subject.${kind}`) : kind

export const actionIcon = (action: string): IconName => ICONS[action.split('.')[0] ?? ''] ?? 'log'

export const actionTone = (action: string): Tone => TONES[action] ?? 'neutral'
