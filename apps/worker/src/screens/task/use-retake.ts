import { type Submission, submissionRoutes } from '@chiron/contract'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { queryClient, refresh } from '../../data/queries.ts'

/** Takes the same task up again after it came back, and goes into it. */
export function useRetake({ id }: Pick<Submission, 'id'>) {
  const { route } = useLocation()
  const [state, setState] = useState({ busy: false, error: null as unknown })
  const retake = async () => {
    setState({ busy: true, error: null })
    try {
      const lease = await client.call(submissionRoutes.retake, { params: { submissionId: id } })
      queryClient.setQueryData(['lease', lease.id], lease)
      refresh('inbox', 'submissions')
      route(`/do/${lease.id}`)
    } catch (error) {
      setState({ busy: false, error })
    }
  }
  return { ...state, retake: () => void retake() }
}
