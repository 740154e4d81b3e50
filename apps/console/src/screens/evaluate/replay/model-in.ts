/** A robot model as MuJoCo can load it: parts that are kept in files of their own are left out. */
export type ModelIn = { readonly mjcf: string; readonly leftOutCount: number }

const MESHES = 'geom[mesh], geom[type="mesh"]'
const FILES = 'asset > mesh, asset > hfield, asset > texture[file], asset > skin'

/**
 * Takes out of an MJCF or URDF file what needs another file: meshes above all. What moves still moves; it is just not seen.
 * @throws Error when it is no XML
 */
export function modelIn(text: string): ModelIn {
  const page = new DOMParser().parseFromString(text, 'application/xml')
  const fault = page.querySelector('parsererror')
  if (fault) throw new Error(fault.textContent ?? '')
  const parts = [...page.querySelectorAll(`${MESHES}, visual:has(mesh), collision:has(mesh)`)]
  const gone = [...page.querySelectorAll(FILES)].map((part) => part.getAttribute('name'))
  for (const part of [...parts, ...page.querySelectorAll(FILES)]) part.remove()
  for (const material of page.querySelectorAll('material[texture]'))
    if (gone.includes(material.getAttribute('texture'))) material.removeAttribute('texture')
  return { mjcf: new XMLSerializer().serializeToString(page), leftOutCount: parts.length }
}
