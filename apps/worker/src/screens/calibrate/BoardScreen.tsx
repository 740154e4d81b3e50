import { boardSvg } from '@chiron/core/camera'
import { Button, useI18n } from '@chiron/ui'
import { useMemo } from 'preact/hooks'
import { MoreWords } from '../../shell/MoreWords.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { saveFile } from '../data/save-file.ts'
import { WORDS } from './calibrate-words.ts'
import './calibrate.css'

/** The board, for a second screen or a printer; open to everybody. */
export function BoardScreen() {
  return (
    <MoreWords words={WORDS}>
      <Board />
    </MoreWords>
  )
}

function Board() {
  const { t } = useI18n()
  const svg = useMemo(() => boardSvg(t('board.ruler')), [t])
  const save = () => saveFile('chiron-board.svg', new Blob([svg], { type: 'image/svg+xml' }))
  return (
    <Screen title={t('board.title')} back="/calibrate" outside>
      <div class="stack board-page">
        <p class="board-words">{t('board.screen')}</p>
        <img
          class="board-picture"
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
          alt={t('board.picture')}
        />
        <div class="stack board-words">
          <p>{t('board.paper')}</p>
          <p>{t('board.ruler')}</p>
          <Button size="touch" icon="print" onClick={() => print()}>
            {t('board.print')}
          </Button>
          <Button size="touch" kind="quiet" icon="download" onClick={save}>
            {t('board.save')}
          </Button>
        </div>
      </div>
    </Screen>
  )
}
