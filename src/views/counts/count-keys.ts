/** Keys taken from the field, and characters of each. */
const MAX_KEYS = 40;
const MAX_KEY = 120;

/** "a, b" → its keys, each once; null (the usual ones) when none is given. */
export function toCountKeys(text: string): readonly string[] | null {
  const keys = text
    .split(/[,\n]/)
    .map((key) => key.trim().slice(0, MAX_KEY))
    .filter((key) => key !== '');
  return keys.length === 0 ? null : [...new Set(keys)].slice(0, MAX_KEYS);
}
