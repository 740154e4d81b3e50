import { Button, type ButtonProps } from './Button.tsx'
import type { IconName } from './icon-shapes.ts'

type IconButtonProps = Omit<ButtonProps, 'icon' | 'iconAtEnd' | 'children' | 'wide'> & {
  icon: IconName
  /** What it does, for the tooltip and a screen reader. */
  label: string
  /** Shown after the label in the tooltip, as 'Play (Space)'. */
  keys?: string
}

/** A square button with a picture alone; the label is its tooltip and its name. */
export function IconButton({ icon, label, keys, kind = 'quiet', class: extra, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      kind={kind}
      icon={icon}
      class={`button-icon ${(extra as string | undefined) ?? ''}`.trim()}
      aria-label={label}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
    />
  )
}
