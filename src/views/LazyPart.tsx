import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';

/** Around a part that comes in a file of its own: says that it is on its way, or that it did not come. `what` begins a sentence. */
export function LazyPart({ what, children }: { what: string; children: ReactNode }) {
  return (
    <ErrorBoundary
      fallback={
        <p className="failed-note" role="alert">
          {what} could not be shown. Is the page&rsquo;s server still there? Close this and try again.
        </p>
      }
    >
      <Suspense
        fallback={
          <p className="muted" role="status">
            Opening…
          </p>
        }
      >
        {children}
      </Suspense>
    </ErrorBoundary>
  );
}
