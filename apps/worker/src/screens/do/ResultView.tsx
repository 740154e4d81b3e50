import { openTakes, type Redacted } from '@chiron/capture'
import type { Lease } from '@chiron/contract'
import type { SheetChoice } from '@chiron/core/sight'
import { ActionBar, Button, Icon, useI18n } from '@chiron/ui'
import { ClipPlayer } from '@chiron/ui/player'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { savesData } from '../../shell/data-use.ts'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { NotGood } from './NotGood.tsx'
import { sendTake } from './send-take.ts'
import { useBlobUrl } from './use-blob-url.ts'

type ResultViewProps = { result: Redacted; lease: Lease; activeMs: () => number; onBack: () => void }

/**
 * The film exactly as it would leave: nothing goes before its maker has seen this and said so. Painting can spoil a
 * take that was good before it: what was measured of the painted film is told.
 */
export function ResultView({ result, lease, activeMs, onBack }: ResultViewProps) {
  const { t, money, duration, bytes } = useI18n()
  const { route } = useLocation()
  const { take, redaction } = result
  const { passes } = take.verdict
  const src = useBlobUrl(take.file)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async (isHeld = false) => {
    setBusy(true)
    setError(null)
    try {
      const id = await sendTake({ result, lease, activeMs: activeMs(), isHeld })
      route(`/sent/${id}`, true)
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  const back = () => {
    void openTakes().then((takes) => takes.remove(take.takeId))
    onBack()
  }
  const pays = passes ? t('do.paysNote', { amount: money(lease.payMinor, lease.currency) }) : undefined
  const count = (wanted: SheetChoice) =>
    redaction.sheets?.found.filter(({ choice }) => choice === wanted).length ?? 0
  const sheetFacts = (['covered', 'nothing-private'] as const).flatMap((choice) =>
    count(choice) > 0 ? [t(`sheets.result.${choice}`, { count: count(choice) })] : [],
  )
  const facts = [
    t('pass.result.length', { length: duration(take.durationMs) }),
    t(redaction.covers.length > 0 ? 'pass.covered' : 'pass.none'),
    ...sheetFacts,
    ...(redaction.background === 'removed' ? [t('pass.result.background')] : []),
    t('take.size', { size: bytes(take.bytes) }),
    t('pass.result.sound'),
    t('pass.result.raw'),
  ]
  return (
    <Screen
      title={t('pass.result.title')}
      back="/"
      action={
        <ActionBar note={pays}>
          {error ? <Trouble error={error} /> : null}
          <Button
            kind={passes ? 'primary' : 'quiet'}
            size="touch"
            wide
            icon="sent"
            busy={busy}
            onClick={() => void send()}
          >
            {t('take.send')}
          </Button>
          {savesData() && (
            <Button
              kind="quiet"
              size="touch"
              wide
              icon="saved"
              disabled={busy}
              onClick={() => void send(true)}
            >
              {t('take.later')}
            </Button>
          )}
          <Button
            kind={passes ? 'quiet' : 'primary'}
            size="touch"
            wide
            icon="edit"
            disabled={busy}
            onClick={back}
          >
            {t('pass.back')}
          </Button>
        </ActionBar>
      }
    >
      <div class="stack">
        {src && (
          <ClipPlayer
            clip={{ src }}
            fps={take.fps}
            frameCount={take.frameCount}
            durationMs={take.durationMs}
            lights={[]}
          />
        )}
        {!passes && <NotGood verdict={take.verdict} durationMs={take.durationMs} />}
        <ul class="consent-points">
          {facts.map((fact) => (
            <li key={fact} class="consent-point">
              <Icon name="check" size={24} />
              <p>{fact}</p>
            </li>
          ))}
        </ul>
      </div>
    </Screen>
  )
}
