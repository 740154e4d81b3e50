/** Joins the class names that hold: classNames('a', false, 'b') → 'a b'. */
export function classNames(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
