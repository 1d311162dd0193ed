import type { FlameTree } from '../../core/flame/flame-tree.ts';

export const FLAME_COLORS = ['package', 'state', 'change'] as const;
export type FlameColor = (typeof FLAME_COLORS)[number];

/** Hues that stand apart, also for most who see fewer colours: lightness is the same, so text is read on all of them. */
const HUES: readonly number[] = [212, 28, 160, 330, 262, 48, 190, 8, 130, 292];

/** Fills and text of boxes in one theme. */
export interface FlamePalette {
  readonly text: string;
  readonly line: string;
  readonly strip: string;
  readonly quiet: string;
  readonly hue: (hue: number) => string;
  readonly grew: string;
  readonly shrank: string;
  readonly focus: string;
  readonly found: string;
}

/** Text on every fill has a contrast over 4.5 to 1 (checked in colors.test.ts). */
export const LIGHT: FlamePalette = {
  text: '#14171c',
  line: '#ffffff',
  strip: '#b9bfca',
  quiet: '#dfe3ea',
  hue: (hue) => `hsl(${hue} 62% 80%)`,
  grew: '#f2a6a1',
  shrank: '#9fd3b6',
  focus: '#14171c',
  found: '#ffd84d',
};
export const DARK: FlamePalette = {
  text: '#f4f6fa',
  line: '#16181d',
  strip: '#4a515e',
  quiet: '#343a45',
  hue: (hue) => `hsl(${hue} 38% 30%)`,
  grew: '#8c2f33',
  shrank: '#1f5c3f',
  focus: '#ffffff',
  found: '#7a6000',
};

/** A hue for a text, the same each time. */
export function hueOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return HUES[(hash >>> 0) % HUES.length] ?? 0;
}

/** The fill of a node. What has no package, no state of most, or has not changed is grey. */
export function fillOf(tree: FlameTree, node: number, color: FlameColor, palette: FlamePalette): string {
  if (node === 0) return palette.quiet;
  if (color === 'change') {
    const change = (tree.total[node] ?? 0) - (tree.before?.total[node] ?? 0);
    return change > 0 ? palette.grew : change < 0 ? palette.shrank : palette.quiet;
  }
  const word =
    color === 'package' ? tree.functions[tree.label[node] ?? 0]?.package : tree.states[tree.state[node] ?? -1];
  return word === undefined || word === '' ? palette.quiet : palette.hue(hueOf(word));
}
