import { problemOf, type SourceRule } from '../core/source/link.ts';
import type { SourceShelf } from '../store/surroundings.ts';

const KEY = 'standstill.sources';
const MAX_RULES = 100;

/** What the user says of where code is read, in the browser's storage, which may be forbidden or hold anything. */
export const sourceShelf: SourceShelf = {
  read: () => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
      if (!Array.isArray(stored)) return [];
      const values: unknown[] = stored.slice(0, MAX_RULES);
      return values.flatMap((value) => toRule(value) ?? []);
    } catch {
      return [];
    }
  },
  write: (rules) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(rules));
    } catch {
      // They hold for this page.
    }
  },
};

function toRule(value: unknown): SourceRule | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('prefix' in value && 'template' in value && 'ref' in value)) return null;
  const { prefix, template, ref } = value;
  if (typeof prefix !== 'string' || typeof template !== 'string' || typeof ref !== 'string') return null;
  const rule: SourceRule = { prefix, template, ref };
  return problemOf(rule) === null ? rule : null;
}
