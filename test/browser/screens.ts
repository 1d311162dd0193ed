import { expect, type Page } from '@playwright/test';
import { chooseFiles, dropFiles, dropTexts, dumpsList, fixture, openPage, userAsksFor } from './support.ts';

/** What a walk calls at every screen it reaches, with a name for messages. */
export type Visit = (screen: string) => Promise<void>;
/** Leads from a fresh page through some screens and dialogs. It does not depend on the width of the window. */
export type Walk = (page: Page, visit: Visit) => Promise<void>;

const LOCKS = ['2-during', '3-later'].map((name) => fixture(`prog-lockbugs-go1.19/${name}.debug2.txt`));
const TABS = ['Groups', 'Compare', 'Timeline', 'Instances', 'Locks', 'Flame', 'Lineage'] as const;

/** Opens what a narrow window folds into one line below the dumps. */
async function unfold(page: Page): Promise<void> {
  const folded = page.locator('nav[aria-label="Dumps"] > details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
}

/** Opens a dialog by a button, visits it, and closes it by Escape. */
async function inDialog(page: Page, visit: Visit, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText('Loading')).toHaveCount(0);
  await visit(`dialog of ${String(button)}`);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

/** Opens the sample incident and waits for its verdict. */
export async function openSample(page: Page): Promise<void> {
  await openPage(page);
  userAsksFor(page, 'sample/');
  await page.getByRole('button', { name: 'Try the sample incident' }).click();
  await expect(dumpsList(page)).toHaveCount(4);
  await settled(page);
}

/** Waits until the verdict is there, which is asked for last. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Verdict' })).toHaveAttribute('aria-busy', 'false', {
    timeout: 30_000,
  });
}

/** Chooses the first group and shows its stack, which narrow windows open over the page. */
async function visitStack(page: Page, visit: Visit, name: string): Promise<void> {
  await page.getByRole('grid').first().getByRole('row').nth(1).click();
  const sheet = page.getByRole('dialog', { name: 'Stack' });
  const panel = page.getByRole('complementary', { name: 'Stack' });
  await expect(sheet.or(panel).first()).toContainText('created by');
  await visit(name);
  if (await sheet.isVisible()) await page.keyboard.press('Escape');
  else await inDialog(page, visit, 'Source links…');
}

/** Every tab that there is, and the three ways to compare. */
async function visitTabs(page: Page, visit: Visit, of: string): Promise<void> {
  for (const name of TABS) {
    const tab = page.getByRole('tab', { name, exact: true });
    if ((await tab.count()) === 0) continue;
    await tab.click();
    const panel = page.getByRole('tabpanel', { name });
    await expect(panel).not.toBeEmpty();
    await expect(panel.getByText(/^(?:Loading|Comparing|Counting)/)).toHaveCount(0);
    await visit(`${name} of ${of}`);
    if (name !== 'Compare') continue;
    for (const mode of ['Side by side', 'Matrix']) {
      await panel.getByRole('radio', { name: mode }).press('Space');
      await expect(panel.getByRole('grid').first()).toBeVisible();
      await visit(`${name}, ${mode}, of ${of}`);
    }
  }
  await page.getByRole('tab', { name: 'Groups' }).click();
}

/** The search with its completions, with an error, and beside its facets. */
async function visitQuery(page: Page, visit: Visit): Promise<void> {
  const facets = page.getByRole('button', { name: 'Facets' });
  await facets.click();
  await expect(facets).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('region', { name: 'Facets' })).toBeVisible();
  await visit('facets');
  await facets.click();
  const field = page.getByRole('combobox', { name: 'Search groups' });
  await field.fill('sta');
  await expect(page.getByRole('listbox')).toBeVisible();
  await visit('completions of a search');
  await field.fill('wait:>soon');
  await field.blur();
  await expect(page.getByText(/^Column \d+: /)).toBeVisible();
  await visit('a search that is no query');
  await field.fill('');
}

/** The list of everything the page can do. */
async function visitPalette(page: Page, visit: Visit): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
  await visit('palette');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Two pods, one of which sends to nobody. */
function fleet(): [name: string, text: string][] {
  const pods = ['orders-6c9f8d7b5-bdfgh', 'orders-6c9f8d7b5-xzwvt'];
  const frame = (name: string) => `${name}(0xc000012345)\n\t/srv/orders/run.go:40 +0x1d\n`;
  return pods.flatMap((pod, leaking) =>
    [0, 1, 2].map((round): [string, string] => {
      const stuck = Array.from({ length: leaking * round * 20 }, (_, id) => {
        return `goroutine ${100 + id} [chan send, ${round} minutes]:\n${frame('orders.publish')}created by main.main in goroutine 1\n\t/srv/orders/run.go:20 +0x1\n`;
      });
      const first = `goroutine 1 [IO wait]:\n${frame(`main.main${leaking}`)}`;
      return [`${pod}-2026-11-23T02-0${round * 3}-00Z.txt`, [first, ...stuck].join('\n')];
    }),
  );
}

/** Screens and dialogs of the page, by what leads to them. */
export const WALKS: Readonly<Record<string, Walk>> = {
  'the empty page': async (page, visit) => {
    await openPage(page);
    await visit('empty page');
    for (const summary of await page.locator('main details > summary').all()) await summary.click();
    await visit('empty page, all opened');
    await inDialog(page, visit, 'How a dump is read');
    await inDialog(page, visit, 'Paste');
    await inDialog(page, visit, 'Keys and about');
  },
  'the sample incident': async (page, visit) => {
    await openSample(page);
    const evidence = page.getByRole('region', { name: 'Verdict' }).getByRole('button', { name: 'Evidence' });
    if ((await evidence.getAttribute('aria-expanded')) === 'false') await evidence.click();
    await visitStack(page, visit, 'stack of the sample');
    await visitTabs(page, visit, 'the sample');
    await unfold(page);
    await visit('groups of the sample, all unfolded');
    await visitQuery(page, visit);
    await visitPalette(page, visit);
    for (const dialog of ['Share', 'Rules', 'Keys and about', 'Paste', 'What to do']) {
      await inDialog(page, visit, dialog);
    }
  },
  'locks and instances': async (page, visit) => {
    await openPage(page);
    await dropFiles(page, LOCKS);
    await expect(dumpsList(page)).toHaveCount(2);
    await settled(page);
    await visitTabs(page, visit, 'lock bugs');
    await dropTexts(page, fleet());
    await expect(dumpsList(page)).toHaveCount(8);
    await settled(page);
    await visitTabs(page, visit, 'two pods');
  },
  'what is no dump, or half of one': async (page, visit) => {
    await openPage(page);
    await dropTexts(page, [['empty.txt', 'nothing of the kind\n']]);
    await expect(page.getByText(/No goroutine header/).first()).toBeVisible();
    await visit('refusal on the empty page');
    const counts = Array.from({ length: 12 }, (_, i) => {
      return `2026-11-23T02:${String(10 + i)}:00Z level=info msg=stats goroutines=${100 + i * i}`;
    });
    await dropTexts(page, [['counts.log', `${counts.join('\n')}\n`]]);
    await expect(page.getByRole('heading', { name: /goroutine counts|counts/i }).first()).toBeVisible();
    await visit('counts only');
    await chooseFiles(page, [fixture('crash-go1.19/race.txt'), fixture('wrapped/poolbugs.truncated-tail.txt')]);
    await expect(page.getByText(/ends inside goroutine/).first()).toBeVisible();
    await dropFiles(page, [fixture('wrapped/poolbugs.truncated-tail.txt')]);
    await expect(page.getByRole('list', { name: 'Notices' })).toBeVisible();
    await settled(page);
    await unfold(page);
    await visit('problems and notices');
    await page
      .getByRole('button', { name: /data races/i })
      .first()
      .click();
    await expect(page.getByText(/previous write|previous read/i).first()).toBeVisible();
    await visit('races');
    await page.keyboard.press('Escape');
  },
};
