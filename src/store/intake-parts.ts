import type { StoreApi } from 'zustand/vanilla';
import type { Client, DumpId, FileId } from '../worker/protocol.ts';
import type { Calm } from './calm.ts';
import type { Choice } from './choice.ts';
import type { Edit } from './files.ts';
import type { Say } from './notices.ts';
import type { Actions, AppState, IncomingFile } from './state.ts';
import type { Triage } from './triage.ts';

type IntakeActions = Pick<
  Actions,
  | 'addFiles'
  | 'cancelFile'
  | 'cancelAll'
  | 'dismissFile'
  | 'renameDump'
  | 'setTakenAt'
  | 'removeDump'
  | 'removeAll'
  | 'setUnwrap'
  | 'setCountKeys'
  | 'removeCounts'
  | 'removeRuleFile'
>;

/** Reads files, keeps the list of dumps, and reads everything again when the analyst is lost. */
export interface Intake extends IntakeActions {
  /** True for a dump that the analyst lost and that is being read again. */
  readonly isLost: (id: DumpId) => boolean;
  readonly analystCrashed: (why: string) => void;
  /** A file that is open or on its way, as it came. */
  readonly fileOf: (id: FileId) => IncomingFile | null;
}

/** A file that is open or on its way. */
export interface FileRecord {
  readonly id: FileId;
  readonly incoming: IncomingFile;
  readonly edits: Map<DumpId, Edit>;
  /** Dumps of the file that the user removed. */
  readonly removed: Set<DumpId>;
  /** It is a saved investigation whose marks and view were taken. */
  isRestored: boolean;
  /** The read that counts; answers of any other are late. */
  attempt: { readonly cancel: () => void } | null;
}

/** What an intake works with. */
export interface IntakeOptions {
  readonly store: StoreApi<AppState>;
  readonly client: Client;
  /** Told when dumps come and go. */
  readonly choice: Choice;
  /** For what is said once. */
  readonly say: Say;
  readonly calm: Calm;
  /** Takes what is in team rule files. */
  readonly triage: Pick<Triage, 'put' | 'said' | 'drop' | 'holds'>;
}
