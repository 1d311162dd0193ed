import { createContext, useContext } from 'react';

/** How tables show the chosen stack: `byKey` moves the focus to it; a click opens it where it is not beside the table. */
export const OpenStackContext = createContext<(byKey: boolean) => void>(() => {});

/** Opens the stack of the chosen group. */
export function useOpenStack(): (byKey: boolean) => void {
  return useContext(OpenStackContext);
}
