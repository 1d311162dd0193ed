import { expect } from '@playwright/test';
import { dropFiles, fixture, openPage, test } from './support.ts';

const pool = fixture('prog-poolbugs-go1.19/3-later.debug2.txt');

test('the boxes are moved in by keys and by the pointer, and their numbers are those of the groups', async ({
  page,
}) => {
  await openPage(page);
  await dropFiles(page, [pool]);
  await expect(page.getByRole('status', { name: 'Shown' })).toContainText('243');
  await page.keyboard.press('7');
  await expect(page.getByRole('tab', { name: 'Flame' })).toHaveAttribute('aria-selected', 'true');
  const said = page.getByRole('status', { name: 'Flame' });
  await expect(said).toContainText('243 goroutines in');
  const scene = page.getByRole('application');
  await scene.focus();
  await page.keyboard.press('ArrowDown');
  await expect(scene).toHaveAccessibleDescription(/goroutines, \d+(\.\d+)? %/);
  await page.keyboard.press('Enter');
  const path = page.getByRole('navigation', { name: 'Zoom' });
  await expect(path.getByRole('button')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(path.getByRole('button')).toHaveCount(1);
  const box = await scene.boundingBox();
  await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + 30);
  await expect(path.getByRole('button')).toHaveCount(2);
  const name = (await path.getByRole('button').last().textContent()) ?? '';

  // What a box says and what the groups of its function add up to.
  const words =
    (await scene.evaluate((one) => document.getElementById(one.getAttribute('aria-describedby') ?? '')?.textContent)) ??
    '';
  const [, count = ''] = /([\d,]+) goroutines/.exec(words) ?? [];
  await page.getByRole('button', { name: 'show its groups' }).click();
  const shown = page.getByRole('status', { name: 'Shown' });
  await expect(shown).toContainText(new RegExp(`^${count} (of 243 goroutines|goroutines in)`));
  await expect(page.getByRole('combobox', { name: 'Search groups' })).toHaveValue(
    new RegExp(`func:="?.*${name.split('.').at(-1)?.replace(/[^\w]/g, '.')}`),
  );
});

test('draws every pixel row of a dump with many stacks, and says what a search leaves', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [pool]);
  await page.getByRole('tab', { name: 'Flame' }).click();
  const canvas = page.locator('.flame-scene canvas');
  await expect(canvas).toBeVisible();
  const painted = await canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0;
    const { width, height } = element;
    const data = element.getContext('2d')?.getImageData(0, 0, width, Math.min(height, 60)).data ?? [];
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) count++;
    return count / (width * Math.min(height, 60));
  });
  expect(painted).toBeGreaterThan(0.5);
  await page.getByRole('combobox', { name: 'Search groups' }).fill('state:"chan send"');
  await expect(page.getByRole('status', { name: 'Flame' })).not.toContainText('243 goroutines');
});
