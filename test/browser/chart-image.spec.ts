import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { chooseFiles, dumpsList, fixture, openPage, test } from './support.ts';

const FILES = ['1-before', '2-during', '3-later'].map((name) => fixture(`prog-tickerleak-go1.19/${name}.debug2.txt`));

async function saved(page: Page, form: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: form, exact: true }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${form.toLowerCase()}$`));
  return readFileSync(await file.path());
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test('the chart is saved as SVG and PNG that stand by themselves, on white', async ({ page }) => {
      const { expectQuiet } = await openPage(page);
      await chooseFiles(page, FILES);
      await expect(dumpsList(page)).toHaveCount(3);
      await page.getByRole('tab', { name: 'Timeline' }).click();
      await expect(page.locator('.recharts-surface').first()).toBeVisible();
      const svg = (await saved(page, 'SVG')).toString();
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      // No variable, class or style that only the page knows; the line of the total is as in the light theme.
      expect(svg).not.toMatch(/var\(|class=|style=|light-dark|currentColor/i);
      expect(svg).toContain('rgb(25, 28, 33)');
      expect(svg).toContain('heartbeat');
      const size = /width="(\d+)" height="(\d+)"/.exec(svg);
      const png = await saved(page, 'PNG');
      // PNG: signature, then the size in the header (W3C PNG, 11.2.2).
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(size?.[1]), 2 * Number(size?.[2])]);
      // Something is drawn: paper alone packs to next to nothing.
      expect(png.length).toBeGreaterThan(10_000);
      expectQuiet();
    });
  });
}
