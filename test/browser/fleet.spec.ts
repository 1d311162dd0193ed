import { expect, type Page } from '@playwright/test';
import { dropTexts, dumpsList, openPage, test, userAsksFor } from './support.ts';

const PODS = 20;
const ROUNDS = 10;
const LEAKING = 13;
const REST = 40;
const PER_ROUND = 30;

/** Suffixes as Kubernetes draws them: no vowels, no 0, 1 and 3. */
const podName = (pod: number) =>
  `orders-6c9f8d7b5-${[4, 2, 7, 5, 9].map((step) => 'bcdfghjklmnpqrstvwxz'[(pod * step + step) % 20]).join('')}`;
const frame = (name: string, line: number) => `${name}(0xc000012345)\n\t/srv/orders/${line}.go:${line} +0x1d\n`;

/** A pod's dump: some goroutines that rest, and in one pod sends that nobody receives, more each round. */
function dumpOf(pod: number, round: number): string {
  const parts = [`goroutine 1 [chan receive, ${round * 5 + 10} minutes]:\n${frame('main.main', 20)}`];
  for (let id = 20; id < 20 + REST; id++) {
    parts.push(
      `goroutine ${id} [IO wait]:\n${frame('internal/poll.runtime_pollWait', 343)}${frame('main.(*Server).serve', 80)}created by main.(*Server).Run in goroutine 1\n\t/srv/orders/run.go:40 +0x1\n`,
    );
  }
  for (let born = 0; pod === LEAKING && born <= round; born++) {
    const wait = born === round ? '' : `, ${(round - born) * 5} minutes`;
    for (let each = 0; each < PER_ROUND; each++) {
      parts.push(
        `goroutine ${1000 + born * 500 + each} [chan send${wait}]:\n${frame('orders.(*Publisher).publish.func1', 88)}created by orders.(*Publisher).publish in goroutine 1\n\t/srv/orders/publish.go:80 +0x1\n`,
      );
    }
  }
  return parts.join('\n');
}

const fleet = Array.from({ length: PODS * ROUNDS }, (_, at) => {
  const [pod, round] = [at % PODS, Math.floor(at / PODS)];
  const time = new Date(Date.UTC(2026, 10, 23, 2, round * 5, pod))
    .toISOString()
    .replaceAll(':', '-')
    .replace('.000', '');
  return [`${podName(pod)}-${time}.txt`, dumpOf(pod, round)] as const;
});

const tab = (page: Page, name: string) => page.getByRole('tab', { name });

test('200 dumps of 20 pods: the pod that leaks is named, and every table leads on', async ({ page }) => {
  test.slow();
  const { expectQuiet } = await openPage(page);
  await dropTexts(page, fleet);
  await expect(dumpsList(page)).toHaveCount(PODS * ROUNDS, { timeout: 60_000 });
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
  await expect(verdict.getByRole('status', { name: 'Call' })).toHaveText('Growing');
  // 41 goroutines, and 30 sends more each of ten rounds.
  await expect(verdict.getByRole('heading')).toContainText(
    `1 of 20 instances; ${podName(LEAKING)}: 71 → 341 goroutines`,
  );

  await tab(page, 'Instances').click();
  const table = page.getByRole('table', { name: /instances/i }).first();
  await expect(table.getByRole('row')).toHaveCount(PODS + 1);
  const odd = table.getByRole('row').filter({ hasText: podName(LEAKING) });
  await expect(odd).toContainText('341');
  await expect(odd).toContainText(/growing/i);
  await expect(odd).toContainText(/odd/i);
  await expect(table.locator('tbody').getByRole('row').filter({ hasText: /odd/i })).toHaveCount(1);

  // The same search over the pods: only one has sends, and its name shows where.
  await tab(page, 'Groups').click();
  await page.getByRole('combobox', { name: 'Search groups' }).fill('state:"chan send"');
  await page.getByRole('button', { name: 'Facets' }).click();
  const instances = page.getByRole('group', { name: 'Instance' });
  const leaking = instances.getByRole('button', { name: podName(LEAKING) });
  await expect(leaking).toContainText('300');
  await expect(instances.getByRole('button').first()).toContainText(podName(LEAKING));
  await expect(instances.getByRole('button').nth(1)).toHaveText(/\D0$/);
  await leaking.click();
  await expect(leaking).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('status', { name: 'Shown' })).toContainText('300 of 341 goroutines shown');
  await page.getByRole('combobox', { name: 'Search groups' }).fill('');

  await tab(page, 'Timeline').click();
  await expect(page.getByRole('figure', { name: /Goroutines/ })).toBeVisible();

  await tab(page, 'Compare').click();
  await page.getByRole('radio', { name: 'Matrix' }).click({ force: true });
  await expect(page.getByRole('grid').getByText('orders.(*Publisher).publish.func1 → chan send').first()).toBeVisible();
  expectQuiet();
});

test('phases can be marked by keys, and the verdict follows', async ({ page }) => {
  await openPage(page);
  userAsksFor(page, 'sample/');
  await page.getByRole('button', { name: 'Try the sample incident' }).click();
  await expect(dumpsList(page)).toHaveCount(4);
  const call = page.getByRole('region', { name: 'Verdict' }).getByRole('status', { name: 'Call' });
  await expect(call).toHaveText('Raised');
  await tab(page, 'Timeline').click();
  const border = page.getByRole('slider').first();
  await expect(border).toHaveAttribute('aria-valuetext', /before/);
  const valueText = await border.getAttribute('aria-valuetext');
  await border.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('slider').first()).not.toHaveAttribute('aria-valuetext', valueText ?? '');
  await page.getByRole('button', { name: /^Clear/ }).click();
  await expect(page.getByRole('slider').first()).toHaveAttribute('aria-valuetext', valueText ?? '');
  // The last dump is chosen; marked as under load, its phase is no guess any more.
  await dumpsList(page).last().getByRole('button').first().click();
  await page.keyboard.press('w');
  await expect(dumpsList(page).last()).toContainText('load');
  await expect(dumpsList(page).last()).not.toContainText('after?');
});
