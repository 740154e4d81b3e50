import { openTakes } from '@chiron/capture'
import type { TakeLimits } from '@chiron/core/episode'
import { ActionBar, Button, EmptyState, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { Screen } from '../../shell/Screen.tsx'
import type { FoundTakes } from './lease-takes.ts'

type FoundTakeProps = {
  found: FoundTakes
  limits: TakeLimits
  onTake: (takeId: string) => void
  onAnew: () => void
}

/** Something was filmed for this task before the app went away: nothing was lost. */
export function FoundTake({ found, limits, onTake, onAnew }: FoundTakeProps) {
  const { t, relativeTime } = useI18n()
  const [busy, setBusy] = useState(false)
  const [unreadable, setUnreadable] = useState(false)
  const { finished, unfinished } = found
  const newest = unfinished ?? finished
  const look = async () => {
    if (!unfinished) return finished && onTake(finished.takeId)
    setBusy(true)
    const takes = await openTakes()
    try {
      onTake((await takes.recover(unfinished.takeId, limits)).takeId)
    } catch {
      await takes.remove(unfinished.takeId)
      setUnreadable(true)
      setBusy(false)
    }
  }
  return (
    <Screen
      title={t('do.title')}
      back="/"
      action={
        <ActionBar>
          {!unreadable && (
            <Button kind="primary" size="touch" wide busy={busy} onClick={() => void look()} icon="play">
              {t('found.look')}
            </Button>
          )}
          <Button kind={unreadable ? 'primary' : 'quiet'} size="touch" wide onClick={onAnew} icon="camera">
            {t('take.again')}
          </Button>
        </ActionBar>
      }
    >
      <EmptyState icon="saved" title={t(unreadable ? 'found.unreadable' : 'found.title')}>
        {unreadable
          ? t('found.unreadableText')
          : t(unfinished ? 'found.cutOff' : 'found.finished', {
              when: newest ? relativeTime(newest.recordedAt, Date.now()) : '',
            })}
      </EmptyState>
    </Screen>
  )
}
