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
    vi.stubGlobal('ResizeObserver', observerOf(width, height));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

/** Tells one size, as soon as it is asked to observe. */
function observerOf(width: number, height: number) {
  return class {
    readonly #tell: ResizeObserverCallback;
    constructor(tell: ResizeObserverCallback) {
      this.#tell = tell;
    }
    observe(target: Element): void {
      const size = [{ inlineSize: width, blockSize: height }];
      const contentRect = new DOMRect(0, 0, width, height);
      const entry = { target, contentRect, borderBoxSize: size, contentBoxSize: size, devicePixelContentBoxSize: size };
      this.#tell([entry], this);
    }
    unobserve(): void {}
    disconnect(): void {}
  };
}
