import { policyRoutes } from '@chiron/contract'
import { Skeleton } from '@chiron/ui'
import { useAsk } from '../../../data/queries.ts'

type VersionChipsProps = {
  policyId: string
  name: string
  chosen: readonly string[]
  disabled: boolean
  onChosen: (versionIds: string[]) => void
}

/** A policy with its versions, newest first; pressed ones are judged. */
export function VersionChips({ policyId, name, chosen, disabled, onChosen }: VersionChipsProps) {
  const policy = useAsk('policy', policyRoutes.read, { params: { policyId } })
  if (policy.isLoading) return <Skeleton height={28} />
  const versions = policy.data?.versions ?? []
  if (versions.length === 0) return null
  return (
    <fieldset class="chips" aria-label={name}>
      {versions.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          class="chip"
          aria-pressed={chosen.includes(id)}
          disabled={disabled}
          dir="auto"
          onClick={() =>
            onChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
          }
        >
          {name} {label}
        </button>
      ))}
    </fieldset>
  )
}
