/** Gives a buffer back to the system at once, where the engine can (ES2024), and not when garbage is collected next. Its views are empty then. */
export function free(buffer: ArrayBufferLike): void {
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}
