import { ontologyRoutes, type Term } from '@chiron/contract'
import { POINTS_WORDS } from '@chiron/core/kinds'
import { useI18n, useLocalized } from '@chiron/ui'
import { useCallback } from 'preact/hooks'
import { useAsk } from '../data/queries.ts'

/** All terms of the workspace's first vocabulary, newest version: what most labels refer to; and whether they are on their way. */
export function useVocabulary(): { terms: readonly Term[]; isComing: boolean } {
  const list = useAsk('ontologies', ontologyRoutes.list)
  const first = list.data?.items[0]
  const version = useAsk(
    'ontology',
    ontologyRoutes.read,
    { params: { ontologyId: first?.id ?? '', version: first?.latestVersion ?? 1 } },
    { enabled: first !== undefined },
  )
  return { terms: version.data?.terms ?? [], isComing: list.isLoading || version.isLoading }
}

/** A label in the person's words: the term's, one of the platform's own, or its id made readable. */
export function useTermName(): (label: string) => string {
  const { t, has } = useI18n()
  const localized = useLocalized()
  const { terms, isComing } = useVocabulary()
  return useCallback(
    (label) => {
      const term = terms.find(({ id }) => id === label)
      if (term) return localized(term.label)
      if (has(`label.${label}`)) return t(`label.${label}`)
      const points = POINTS_WORDS[label]
      if (points) return localized(points)
      // An id that becomes a word a moment later would only startle.
      if (isComing) return '…'
      return label.split('.').at(-1)?.replaceAll('-', ' ') ?? label
    },
    [terms, isComing, localized, t],
  )
}
