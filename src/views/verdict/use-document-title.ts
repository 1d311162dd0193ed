import { useEffect, useRef } from 'react';

/** Puts `title` on the browser's tab; the page's own title comes back when it is null, and with the component's end. */
export function useDocumentTitle(title: string | null): void {
  const own = useRef('');
  useEffect(() => {
    own.current = document.title;
    return () => {
      document.title = own.current;
    };
  }, []);
  useEffect(() => {
    document.title = title ?? own.current;
  }, [title]);
}
