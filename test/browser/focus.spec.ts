import { expect } from '@playwright/test';
import { cutOff, focusFault } from './probes.ts';
import { WALKS } from './screens.ts';
import { test } from './support.ts';

/** More stops than any screen has in a row; the rest of a long list looks alike. */
const PRESSES = 60;

test.use({ actionTimeout: 10_000 });

for (const [name, walk] of Object.entries(WALKS)) {
  test(`what has the focus shows it, light and dark: ${name}`, async ({ page }) => {
    test.setTimeout(180_000);
    let dark = false;
    await walk(page, async (screen) => {
      dark = !dark;
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      const faults = new Set<string>();
      for (let presses = 0; presses < PRESSES; presses++) {
        await page.keyboard.press('Tab');
        const fault = await focusFault(page);
        if (fault !== null) faults.add(fault);
      }
      expect.soft([...faults], `${screen}, ${dark ? 'dark' : 'light'}`).toEqual([]);
    });
  });

  test(`at 200 % of 1280 by 720 nothing is cut off: ${name}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width: 640, height: 360 });
    await walk(page, async (screen) => {
      expect.soft(await cutOff(page), screen).toEqual([]);
    });
  });
}

test('who asked for less motion gets none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await WALKS['the sample incident']?.(page, async (screen) => {
    const moving = await page.evaluate(() => {
      const parts = [...document.querySelectorAll('*')].filter((element) => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
        const lasts = transitionDuration.split(',').some((duration) => Number.parseFloat(duration) > 0);
        return animationName !== 'none' || lasts || scrollBehavior === 'smooth';
      });
      return parts.map((element) => `${element.tagName}.${element.getAttribute('class') ?? ''}`);
    });
    expect.soft(moving, screen).toEqual([]);
  });
});
