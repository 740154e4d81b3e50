/** @throws Error where the server does not give it */
export async function textOf(path: string): Promise<string> {
  const reply = await fetch(path)
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`)
  return reply.text()
}
