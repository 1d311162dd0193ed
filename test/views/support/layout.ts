import { afterEach, beforeEach, vi } from 'vitest';

/**
 * happy-dom has no layout, so virtual rows would have no room. Gives every element a size for the tests of a file.
 * Call at the top of it.
 */
export function withLayout(width = 800, height = 600): void {
  beforeEach(() => {
    // What media queries look at.
    Reflect.get(window, 'happyDOM').setViewport({ width, height });
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(height);
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(width);
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height);
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
}
