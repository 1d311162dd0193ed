import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(cleanup);

// Nothing is painted here: what waits for a paint goes on at once.
vi.mock('../../src/ui/after-paint.ts', () => ({
  afterPaint(callback: () => void) {
    callback();
    return () => undefined;
  },
}));
