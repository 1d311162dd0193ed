import type { Page } from '@playwright/test';

/** What is wrong with how the focus shows on the element that has it, or null. Null also where the page itself has it. */
export function focusFault(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement || focused instanceof SVGElement) || focused === document.body) return null;
    const name = `${focused.tagName.toLowerCase()}.${focused.getAttribute('class') ?? ''} "${(focused.getAttribute('aria-label') ?? focused.textContent ?? '').slice(0, 40)}"`;
    // An input that only its label shows.
    const label = focused.closest('label');
    const shown = label !== null && getComputedStyle(focused).clipPath !== 'none' ? label : focused;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
    if (outlineStyle === 'none') return `${name} has no outline`;
    if (Number.parseFloat(outlineWidth) < 2) return `${name} has an outline of ${outlineWidth}`;

    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string) => {
      const [r = 0, g = 0, b = 0] = channels(color).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    let ground: Element | null = shown.parentElement;
    while (ground !== null && (channels(getComputedStyle(ground).backgroundColor)[3] ?? 1) < 1)
      ground = ground.parentElement;
    const behind = ground === null ? 'rgb(255, 255, 255)' : getComputedStyle(ground).backgroundColor;
    const [low = 0, high = 0] = [luminance(outlineColor), luminance(behind)].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 3) return `${name} has an outline of contrast ${contrast.toFixed(2)}`;

    // In view: one of five points of it, at least, is not under something else.
    const box = shown.getBoundingClientRect();
    const isSeen = [0.5, 0.02, 0.98].some((across) =>
      [0.5, 0.1, 0.9].some((down) => {
        const top = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
        return top !== null && (shown.contains(top) || top.contains(shown));
      }),
    );
    return isSeen ? null : `${name} has the focus out of sight`;
  });
}

/** Controls that cannot be brought into view by scrolling, of the open dialog or else of the page; and a page that scrolls sideways. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
    const dialogs = document.querySelectorAll('dialog[open]');
    const scope = dialogs[dialogs.length - 1] ?? document.body;
    for (const control of scope.querySelectorAll(
      'button, input, select, textarea, summary, a[href], [role="button"], [tabindex="0"]',
    )) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const shown = getComputedStyle(control).clipPath === 'none' ? control : (control.closest('label') ?? null);
      if (shown === null || shown.getBoundingClientRect().width === 0) continue;
      const isSeen = () => {
        const box = shown.getBoundingClientRect();
        return [0.5, 0.05, 0.95].some((across) =>
          [0.5, 0.1, 0.9].some((down) => {
            const top = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
            // A list that belongs to the field in use may lie over what is below it.
            return (
              top !== null && (shown.contains(top) || top.contains(shown) || top.closest('[role="listbox"]') !== null)
            );
          }),
        );
      };
      shown.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      // At the edge of its box it may be under a head or a column that stays.
      for (const edge of ['center', 'end', 'start'] as const) {
        if (!isSeen()) shown.scrollIntoView({ block: edge, inline: edge });
      }
      const name = `${control.tagName.toLowerCase()}.${control.getAttribute('class') ?? ''} "${(control.getAttribute('aria-label') ?? control.textContent ?? '').slice(0, 40)}"`;
      if (!isSeen()) faults.push(`${name} is cut off or covered`);
      for (let box = shown.parentElement; box !== null; box = box.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(box);
        if ((overflowX === 'hidden' && box.scrollLeft !== 0) || (overflowY === 'hidden' && box.scrollTop !== 0)) {
          faults.push(`${name} can only be reached by scrolling ${box.className}, which does not scroll`);
          box.scrollTo(0, 0);
        }
      }
    }
    return faults;
  });
}
