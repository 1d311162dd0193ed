import { expect } from '@playwright/test';
import { openSample } from './screens.ts';
import { openPage, test } from './support.ts';

// What a screen reader is told, in parts: the order of regions, names, states. Lines in between may change.

test('the empty page: what it is, two buttons, how to get a dump', async ({ page }) => {
  await openPage(page);
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - banner:
      - heading "Standstill" [level=1]
      - button "Open"
      - combobox "Theme"
      - button "Keys and about"
    - main:
      - region "Start":
        - heading "Drop goroutine dumps here" [level=2]
        - button "Open files"
        - button "Try the sample incident"
      - region "How to get a dump":
        - heading "How to get a dump" [level=2]
        - tablist "Ways to get a dump":
          - tab "curl" [selected]
        - tabpanel "curl":
          - 'button "Copy command: Save a dump"'
  `);
});

test('the sample incident: verdict, dumps, and each view with its table', async ({ page }) => {
  await openSample(page);
  await expect(page.getByRole('region', { name: 'Verdict' })).toMatchAriaSnapshot(`
    - region "Verdict":
      - status "Call": Raised
      - heading /17 → 1,314 goroutines/ [level=2]
      - list "Groups to look at":
        - listitem:
          - button /publish/
  `);
  const main = page.locator('main');
  await expect(main).toMatchAriaSnapshot(`
    - main:
      - navigation "Dumps":
        - heading "4 dumps" [level=2]
        - img /^Goroutines over time. 17, 495, 1,253, 1,314$/
        - list "Dumps in time order"
      - tablist "Views":
        - tab "Groups" [selected]
        - tab "Compare"
        - tab "Timeline"
      - tabpanel "Groups":
        - combobox "Group by"
        - grid "Groups":
          - rowgroup:
            - row:
              - columnheader:
                - button "Count"
                - button "Share"
              - columnheader "Change"
              - columnheader:
                - button "Group"
                - button "Created by"
              - columnheader:
                - button "State"
                - button "Wait"
          - rowgroup:
            - row /1,296.*chan send/
        - status "Shown"
      - complementary
  `);
  const grid = page.getByRole('grid', { name: 'Groups' });
  // The table is longer than what is drawn of it: rows say their place, and the sorted column its order.
  await expect(grid).toHaveAttribute('aria-rowcount', /^[1-9]\d*$/);
  await expect(grid.getByRole('row').nth(0)).toHaveAttribute('aria-rowindex', '1');
  await expect(grid.getByRole('row').nth(1)).toHaveAttribute('aria-rowindex', '2');
  const heads = grid.getByRole('columnheader');
  await expect(heads.nth(0)).toHaveAttribute('aria-sort', 'descending');
  await expect(heads.nth(2)).toHaveAttribute('aria-sort', 'none');
  await heads.nth(2).getByRole('button', { name: 'Group' }).click();
  await expect(heads.nth(0)).toHaveAttribute('aria-sort', 'none');
  await expect(heads.nth(2)).toHaveAttribute('aria-sort', 'ascending');

  await page.getByRole('tab', { name: 'Compare' }).click();
  await expect(main).toMatchAriaSnapshot(`
    - main:
      - tabpanel "Compare":
        - combobox "A, the earlier dump"
        - button "Swap A and B"
        - combobox "B, the later dump"
        - group "How to compare":
          - radio "Changes" [checked]
          - radio "Side by side"
          - radio "Matrix"
        - group "Kinds of change to show"
        - grid "Changes from A to B":
          - rowgroup:
            - row
          - rowgroup:
            - row /\\+1,296 new.*1,296 born/
  `);

  // The chart has its numbers beside it, and its lines and borders have names.
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(main).toMatchAriaSnapshot(`
    - main:
      - tabpanel "Timeline":
        - figure "Goroutines over the dumps"
        - group "Phases":
          - slider "Load begins"
          - slider "Load ends"
        - group "Lines":
          - button "Total" [pressed]
        - table "Goroutines over the dumps":
          - caption
          - rowgroup:
            - row:
              - columnheader "Taken"
              - columnheader "Dump"
              - columnheader "Total"
  `);
});

test('the Share dialog: its parts are regions, its buttons say of what', async ({ page }) => {
  await openSample(page);
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('dialog')).toMatchAriaSnapshot(`
    - dialog "Share":
      - heading "Share" [level=2]
      - button "Close"
      - textbox "Title"
      - region "Links":
        - heading "Links" [level=3]
        - list:
          - listitem:
            - heading "To this view" [level=4]
            - button "Copy link to this view"
      - region "Files":
        - heading "Files" [level=3]
        - list:
          - listitem:
            - button "Save report"
          - listitem:
            - button "Save investigation"
  `);
});
