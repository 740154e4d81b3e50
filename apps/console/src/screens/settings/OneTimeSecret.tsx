import { CopyText, Icon } from '@chiron/ui'
import { QrOf } from '../../parts/QrOf.tsx'

/** Something that is shown this once: a sign-in link, an API key. */
export function OneTimeSecret({
  text,
  words,
  isLink = false,
}: {
  text: string
  words: string
  isLink?: boolean
}) {
  return (
    <div class="invite-made">
      {isLink && <QrOf text={text} size={140} />}
      <div class="stack stack-tight">
        <CopyText text={text} />
        <p class="row row-tight">
          <Icon name="attention" size={16} /> {words}
        </p>
      </div>
    </div>
  )
}
