/** Relative luminance of '#rrggbb', 0 to 1 (WCAG 2.2, "relative luminance"). */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast of two '#rrggbb' colours, 1 to 21 (WCAG 2.2, "contrast ratio"). NaN when one is no colour. */
export function contrastRatio(front: string, ground: string): number {
  const [darker, lighter] = [luminance(front), luminance(ground)].sort((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}
