import type { ButtonHTMLAttributes, ComponentChildren, Ref } from 'preact'
import { useI18n } from '../i18n/context.tsx'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

export type ButtonProps = Omit<ButtonHTMLAttributes, 'icon' | 'size'> & {
  kind?: ButtonKind
  /** 'touch' is at least 48 px high whatever the density around it. */
  size?: 'normal' | 'touch'
  icon?: IconName
  iconAtEnd?: IconName
  /** Work is under way: keeps its width, refuses clicks, says so to a screen reader. */
  busy?: boolean
  /** Fills the line. */
  wide?: boolean
  /** With href it is a link that looks like a button. */
  href?: string
  buttonRef?: Ref<HTMLButtonElement>
  children?: ComponentChildren
}

/** The one way to act. One primary a screen. */
export function Button(props: ButtonProps) {
  const { kind = 'secondary', size = 'normal', icon, iconAtEnd, busy, wide, href, buttonRef, ...rest } = props
  const { children, class: extra, disabled, type = 'button', ...attributes } = rest
  const { t } = useI18n()
  const className = classNames(
    'button',
    `button-${kind}`,
    size === 'touch' && 'button-touch',
    wide && 'button-wide',
    extra as string | undefined,
  )
  const content = (
    <>
      {icon && <Icon name={icon} size={18} />}
      {children !== undefined && <span class="button-text">{children}</span>}
      {iconAtEnd && <Icon name={iconAtEnd} size={18} />}
      {busy && <span class="button-busy" role="status" aria-label={t('ui.busy')} />}
    </>
  )
  if (href !== undefined && !disabled) {
    return (
      <a class={className} href={href} {...(attributes as object)}>
        {content}
      </a>
    )
  }
  return (
    <button
      {...attributes}
      ref={buttonRef}
      type={type}
      class={className}
      disabled={disabled}
      aria-busy={busy ? 'true' : undefined}
      onClick={busy ? undefined : attributes.onClick}
    >
      {content}
    </button>
  )
}
