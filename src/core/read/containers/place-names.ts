// INTERIM by the lead: overwrite freely.
export function instanceFromPath(_path: string): string | null {
  return null;
}
