import type { IconName } from './icon-shapes.ts'

/** What a colour means. Each meaning also has an icon: colour alone says nothing. */
export type Tone = 'neutral' | 'good' | 'attention' | 'bad' | 'information'

export const toneIcons: Readonly<Record<Tone, IconName>> = {
  neutral: 'waiting',
  good: 'good',
  attention: 'attention',
  bad: 'bad',
  information: 'information',
}
