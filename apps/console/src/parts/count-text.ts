import type { I18n } from '@chiron/ui'
import type { Pages } from '../data/pages.ts'

/** How many rows: all of them where that is known, else 'the first 100'. */
export function countText({ t, number }: Pick<I18n, 't' | 'number'>, pages: Pages<unknown>): string {
  if (pages.isLoading) return t('app.loading')
  if (pages.total !== undefined) return t('ui.table.rows', { n: pages.total })
  return pages.hasMore ? t('table.more', { n: number(pages.known) }) : t('ui.table.rows', { n: pages.known })
}
