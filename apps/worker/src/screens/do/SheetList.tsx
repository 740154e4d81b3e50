import '../../styles/sheets.css'
import type { Take } from '@chiron/capture'
import type { SheetChoice } from '@chiron/core/sight'
import { Button, Icon, useI18n } from '@chiron/ui'
import { momentText } from '../task/moment-text.ts'
import { SheetOutlines } from './SheetOutlines.tsx'
import type { ShownSheet } from './use-sheets.ts'
import { useStills } from './use-stills.ts'

type SheetListProps = {
  take: Take
  sheets: readonly ShownSheet[]
  onChoice: (id: string, choice: SheetChoice) => void
  onCoverAll: () => void
  onMoment: (momentMs: number) => void
}

/** The anchor of the first thing nobody has decided about. */
export const FIRST_OPEN_ID = 'sheet-open'

/** Each screen and paper that may be read in the take: where, when, and what is to be done about it. */
export function SheetList({ take, sheets, onChoice, onCoverAll, onMoment }: SheetListProps) {
  const { t } = useI18n()
  const stills = useStills(
    take.file,
    sheets.map(({ look }) => look.timeMs),
  )
  if (sheets.length === 0) return null
  const firstOpen = sheets.find(({ choice }) => choice === undefined)
  return (
    <section class="sheets" aria-labelledby="sheets-title">
      <h2 id="sheets-title" class="section-title">
        {t('sheets.title', { count: sheets.length })}
      </h2>
      <p>{t('sheets.ask')}</p>
      {sheets.length > 1 && (
        <Button size="touch" wide icon="shield" onClick={onCoverAll}>
          {t('sheets.coverAll')}
        </Button>
      )}
      <ul class="sheet-list">
        {sheets.map((sheet) => (
          <li
            key={sheet.id}
            class="sheet-card"
            id={sheet === firstOpen ? FIRST_OPEN_ID : undefined}
            tabIndex={-1}
          >
            <Words sheet={sheet} />
            <div class="sheet-still" style={{ aspectRatio: `${take.width} / ${take.height}` }}>
              {stills.get(sheet.look.timeMs) && <img src={stills.get(sheet.look.timeMs)} alt="" />}
              <SheetOutlines
                sheets={[{ seen: [sheet.look] }]}
                timeMs={sheet.look.timeMs}
                width={take.width}
                height={take.height}
              />
            </div>
            <Choices sheet={sheet} onChoice={onChoice} />
            <Button kind="quiet" size="touch" icon="pin" onClick={() => onMoment(sheet.look.timeMs)}>
              {t('sheets.see', { time: momentText(sheet.look.timeMs) })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Words({ sheet: { id, kind, fromMs, toMs, choice } }: { sheet: ShownSheet }) {
  const { t } = useI18n()
  return (
    <div class="sheet-words">
      <strong id={`sheet-${id}`}>
        {t(`sheets.${kind}`, { from: momentText(fromMs), to: momentText(toMs) })}
      </strong>
      <span class={choice ? 'sheet-state sheet-state-decided' : 'sheet-state'} role="status">
        <Icon name={choice ? 'good' : 'attention'} size={20} />
        <span>{t(choice ? `sheets.chosen.${choice}` : 'sheets.open')}</span>
      </span>
    </div>
  )
}

function Choices({
  sheet: { id, choice },
  onChoice,
}: Pick<SheetListProps, 'onChoice'> & { sheet: ShownSheet }) {
  const { t } = useI18n()
  const button = (name: SheetChoice, icon: 'shield' | 'eye') => (
    <Button
      kind={choice === name ? 'primary' : 'secondary'}
      size="touch"
      wide
      icon={choice === name ? 'check' : icon}
      aria-pressed={choice === name}
      onClick={() => onChoice(id, name)}
    >
      {t(`sheets.${name}`)}
    </Button>
  )
  return (
    <fieldset class="sheet-choices" aria-labelledby={`sheet-${id}`}>
      {button('covered', 'shield')}
      {button('nothing-private', 'eye')}
    </fieldset>
  )
}
