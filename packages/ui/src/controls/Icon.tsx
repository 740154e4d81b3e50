import { directionalIcons, type IconName, iconShapes } from './icon-shapes.ts'

type IconProps = {
  name: IconName
  /** Edge in pixels; default 20. */
  size?: number
  /** Read aloud when given; otherwise the icon is decoration beside a word. */
  label?: string
}

/** One picture of the icon set, in the colour of the text around it. */
export function Icon({ name, size = 20, label }: IconProps) {
  const shape = iconShapes[name]
  const filled = shape.startsWith('!')
  return (
    <svg
      class={directionalIcons.has(name) ? 'icon icon-directional' : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill={filled ? 'currentColor' : 'none'}
      stroke={filled ? 'none' : 'currentColor'}
      stroke-width={1.5}
      stroke-linecap="round"
      stroke-linejoin="round"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : 'true'}
      focusable="false"
    >
      <path d={filled ? shape.slice(1) : shape} />
    </svg>
  )
}
