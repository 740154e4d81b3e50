import { CallError } from '@chiron/client'
import { type Offer, taskRoutes } from '@chiron/contract'
import { useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { queryClient, refresh } from '../../data/queries.ts'

type Claim = { claim: () => void; busy: boolean; error: unknown; nothingLeft: boolean }

/** Takes the next task of a campaign under the terms that were shown, and goes into it. */
export function useClaim(offer: Pick<Offer, 'campaignId' | 'termsVersion'>): Claim {
  const { t } = useI18n()
  const toast = useToast()
  const { route } = useLocation()
  const [state, setState] = useState({ busy: false, error: null as unknown, nothingLeft: false })
  const claim = async () => {
    setState({ busy: true, error: null, nothingLeft: false })
    const { campaignId, termsVersion } = offer
    try {
      const { lease } = await client.call(taskRoutes.claim, { body: { campaignId, termsVersion } })
      refresh('inbox', 'offer')
      setState({ busy: false, error: null, nothingLeft: lease === null })
      if (lease === null) return
      queryClient.setQueryData(['lease', lease.id], lease)
      route(`/do/${lease.id}`)
    } catch (error) {
      const code = error instanceof CallError ? error.code : ''
      refresh('inbox', 'offer')
      if (code === 'terms-changed') toast({ text: t('brief.termsChanged'), tone: 'information' })
      const nothingLeft = code === 'nothing-left'
      setState({ busy: false, nothingLeft, error: nothingLeft || code === 'terms-changed' ? null : error })
    }
  }
  return { ...state, claim: () => void claim() }
}
