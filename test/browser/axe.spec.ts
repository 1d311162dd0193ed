import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { WALKS } from './screens.ts';
import { test } from './support.ts';

/** WCAG 2.2 AA with all it contains, and what axe's makers hold to be good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The names of controls hold the words on them (WCAG 2.5.3), which axe still calls an experiment. */
const EXTRA_RULES = { 'label-content-name-mismatch': { enabled: true } };
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
] as const;

test.use({ actionTimeout: 10_000 });

for (const size of SIZES) {
  for (const [name, walk] of Object.entries(WALKS)) {
    test(`axe finds nothing at ${size.width} pixels, light and dark: ${name}`, async ({ page }) => {
      test.setTimeout(180_000);
      await page.setViewportSize(size);
      await walk(page, async (screen) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          // The page has no frames; without its mode for them axe opens no second page, which takes half of its time.
          const axe = new AxeBuilder({ page }).setLegacyMode();
          // The themes differ in colours alone.
          const chosen =
            colorScheme === 'light' ? axe.options({ runOnly: TAGS, rules: EXTRA_RULES }) : axe.withRules(COLOUR_RULES);
          const { violations } = await chosen.analyze();
          const found = violations.flatMap((violation) =>
            violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
          );
          expect.soft(found, `${screen}, ${colorScheme}`).toEqual([]);
        }
      });
    });
  }
}
