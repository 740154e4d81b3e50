import { type Redacted, redactTake, type Take } from '@chiron/capture'
import type { Lease } from '@chiron/contract'
import type { TakeLimits, TakeVerdict } from '@chiron/core/episode'
import { Refusal } from '@chiron/core/kit'
import { ActionBar, Button, Checkbox, ErrorNote, Icon, Meter, useI18n, useTimeLeft } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Screen } from '../../shell/Screen.tsx'
import { BodyNote } from './BodyNote.tsx'
import { EyesNote } from './EyesNote.tsx'
import { theEyes } from './eyes.ts'
import type { Cut } from './judge-cut.ts'
import { FIRST_OPEN_ID } from './SheetList.tsx'
import type { Examination } from './use-examined.ts'
import type { Sheets } from './use-sheets.ts'

type TakeChoiceProps = {
  take: Take
  examination: Examination
  sheets: Sheets
  cut: Cut
  limits: TakeLimits
  verdict: TakeVerdict
  lease: Lease
  onResult: (result: Redacted) => void
  children: ComponentChildren
}

/** Whether the server takes it at all: of a wrong length it takes none, so it is not offered to be sent. */
const isTaken = ({ faults }: TakeVerdict): boolean =>
  faults.every(({ code }) => code !== 'too-short' && code !== 'too-long')

type Making = { state: 'idle' } | { state: 'making'; share: number } | { state: 'failed'; code: string }

/** On to the film that is sent, or once more before the camera. */
export function TakeChoice(props: TakeChoiceProps) {
  const { take, examination, sheets, cut, verdict, lease, onResult, children } = props
  const { t, money } = useI18n()
  const [removeBackground, setRemoveBackground] = useState(false)
  const [making, setMaking] = useState<Making>({ state: 'idle' })
  const { passes } = verdict
  const { decided, openCount } = sheets
  const choices = decided?.map(({ choice }) => choice).join()
  useEffect(() => setMaking({ state: 'idle' }), [cut.fromMs, cut.toMs, removeBackground, choices])
  const make = async () => {
    const eyes = theEyes()
    if (examination.state !== 'done' || eyes.state !== 'open' || decided === undefined) return
    setMaking({ state: 'making', share: 0 })
    const { detector } = eyes
    const { examined } = examination
    const onProgress = (share: number) => setMaking({ state: 'making', share })
    try {
      onResult(
        await redactTake({
          take,
          examined,
          sheets: decided,
          cut,
          removeBackground,
          detector,
          limits: props.limits,
          onProgress,
        }),
      )
    } catch (error) {
      setMaking({ state: 'failed', code: codeOf(error) })
    }
  }
  const isMaking = making.state === 'making'
  const next =
    openCount > 0 ? (
      <Button
        key="first"
        kind={passes ? 'primary' : 'quiet'}
        size="touch"
        wide
        icon="eye"
        onClick={() => toFirstOpen()}
      >
        {t('sheets.toFirst')}
      </Button>
    ) : (
      <Button
        key="next"
        kind={passes ? 'primary' : 'quiet'}
        size="touch"
        wide
        iconAtEnd="arrow-forward"
        busy={isMaking}
        disabled={examination.state !== 'done'}
        onClick={() => void make()}
      >
        {t(passes ? 'pass.next' : 'pass.nextAnyway')}
      </Button>
    )
  const again = (
    <Button
      key="again"
      kind={passes ? 'quiet' : 'primary'}
      size="touch"
      wide
      icon="camera"
      href={`/do/${lease.id}?again=${take.takeId}`}
      disabled={isMaking}
    >
      {t('take.again')}
    </Button>
  )
  const mayGo = passes || isTaken(verdict)
  const pays = passes ? t('do.paysNote', { amount: money(lease.payMinor, lease.currency) }) : undefined
  return (
    <Screen
      title={t('take.title')}
      back="/"
      action={
        <ActionBar note={pays}>
          {mayGo && <StillLooking examination={examination} />}
          {openCount > 0 && mayGo && <p>{t('sheets.first')}</p>}
          {isMaking && <Going label={t('pass.making')} share={making.share} />}
          {making.state === 'failed' && (
            <ErrorNote
              happened={t(`pass.failed.${making.code}`)}
              next={t(`pass.failed.${making.code}.next`)}
            />
          )}
          {passes ? [next, again] : mayGo ? [again, next] : again}
        </ActionBar>
      }
    >
      <div class="stack">
        {children}
        {!mayGo && <StillLooking examination={examination} />}
        <WhatWasFound examination={examination} isClear={sheets.shown.length === 0} />
        <Checkbox
          label={t('pass.background')}
          hint={t('pass.backgroundHint')}
          checked={removeBackground}
          onChecked={setRemoveBackground}
        />
      </div>
    </Screen>
  )
}

/** To the first thing that nobody has decided about. */
function toFirstOpen(): void {
  const card = document.getElementById(FIRST_OPEN_ID)
  card?.scrollIntoView({ block: 'start' })
  card?.focus({ preventScroll: true })
}

const CODES = ['face-left', 'sheet-left', 'cannot-cover']
const codeOf = (error: unknown): string =>
  error instanceof Refusal && CODES.includes(error.code) ? error.code : 'other'

/** What keeps the way on shut while the phone has not looked through the take; it stands beside the button. */
function StillLooking({ examination }: { examination: Examination }) {
  const { t } = useI18n()
  switch (examination.state) {
    case 'waiting':
      return <EyesNote />
    case 'body':
      return <BodyNote />
    case 'looking':
      return <Going label={t('pass.looking')} share={examination.share} />
    case 'failed':
      return (
        <ErrorNote
          happened={t('pass.failed.other')}
          next={t('pass.failed.other.next')}
          action={
            <Button size="touch" icon="refresh" onClick={examination.again}>
              {t('ui.action.retry')}
            </Button>
          }
        />
      )
    case 'done':
      return null
  }
}

type FoundProps = { examination: Examination; isClear: boolean }

function WhatWasFound({ examination, isClear }: FoundProps) {
  const { t } = useI18n()
  if (examination.state !== 'done') return null
  const isFound = examination.examined.faces.some(({ faces }) => faces.length > 0)
  return (
    <p class="eyes-note" role="status">
      <Icon name="shield" size={20} />
      <span>
        {t(isFound ? 'pass.covered' : 'pass.none')}
        {isClear && ` ${t('sheets.none')}`}
      </span>
    </p>
  )
}

function Going({ label, share }: { label: string; share: number }) {
  return <Meter label={label} ratio={share} leftMs={useTimeLeft(share)} />
}
