import { expect, test } from 'vitest';
import { DARK, type FlamePalette, hueOf, LIGHT } from '../../../src/views/flame/colors.ts';

/** Red, green and blue from 0 to 1. */
function channels(color: string): number[] {
  const hex = /^#(..)(..)(..)$/.exec(color);
  if (hex) return hex.slice(1).map((pair) => Number.parseInt(pair, 16) / 255);
  const [, h = '', s = '', l = ''] = /^hsl\((\d+) (\d+)% (\d+)%\)$/.exec(color) ?? [];
  const [saturation, light] = [Number(s) / 100, Number(l) / 100];
  return [0, 8, 4].map((n) => {
    const k = (n + Number(h) / 30) % 12;
    return light - saturation * Math.min(light, 1 - light) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  });
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = channels(color).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const HUES = [...new Set(Array.from({ length: 500 }, (_, i) => hueOf(`package${i}`)))];

test.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('text is read on every fill, %s', (_, palette: FlamePalette) => {
  const fills = [palette.quiet, palette.grew, palette.shrank, palette.found, ...HUES.map(palette.hue)];
  for (const fill of fills) expect(contrast(palette.text, fill), fill).toBeGreaterThan(4.5);
});

test('a package has the same colour each time, and packages have several', () => {
  expect(hueOf('net/http')).toBe(hueOf('net/http'));
  expect(HUES.length).toBeGreaterThan(5);
});
