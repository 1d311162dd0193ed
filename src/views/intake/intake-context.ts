import { createContext, useContext } from 'react';

/** Ways to bring dumps in, for every button of the page. */
export interface IntakeDoors {
  readonly openFiles: () => void;
  readonly openFolder: () => void;
  readonly openPaste: () => void;
  readonly openHowTo: () => void;
  /** How a dump is read. */
  readonly openGuide: () => void;
  readonly openSample: () => void;
  /** The sample incident was opened on this page. */
  readonly hasSample: boolean;
  /** True while the sample incident is fetched. */
  readonly sampleOnItsWay: boolean;
}

/** Provided by `Intake`. */
export const IntakeContext = createContext<IntakeDoors | null>(null);

/** The doors; only inside `Intake`. */
export function useIntake(): IntakeDoors {
  const doors = useContext(IntakeContext);
  if (doors === null) throw new Error('useIntake stands outside of Intake');
  return doors;
}
