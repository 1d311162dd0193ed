/** What is taken out before something is handed over. What a dump does not need to be understood goes first. */
export interface RedactionChoice {
  /** Arguments and addresses, where texts quote them; frames in what is handed over have none. */
  readonly arguments: boolean;
  /** Folders of source files; the names of the files stay. */
  readonly paths: boolean;
  /** Hosts, pods and the names of the dump files. */
  readonly hosts: boolean;
  /** Keys and values of labels. */
  readonly labels: boolean;
  /** Module paths (or first parts of package paths) that are replaced wherever they stand. */
  readonly modules: readonly string[];
}

export const DEFAULT_REDACTION: RedactionChoice = {
  arguments: true,
  paths: false,
  hosts: false,
  labels: false,
  modules: [],
};

/** Old and new of something that is replaced. */
export type Replacement = readonly [old: string, replacement: string];

export const REDACTED_KINDS = ['modules', 'paths', 'hosts', 'labels', 'arguments'] as const;
export type RedactedKind = (typeof REDACTED_KINDS)[number];

/** What a redaction replaces. */
export interface RedactionPreview {
  /** Per kind how many distinct things are replaced, and the first of them. Of a kind that is not chosen: what would be. */
  readonly replaced: readonly {
    readonly kind: RedactedKind;
    readonly count: number;
    readonly examples: readonly Replacement[];
  }[];
  /** Modules in the dumps, most functions first. */
  readonly modules: readonly FoundModule[];
}

export interface FoundModule {
  readonly path: string;
  /** Distinct functions of it. */
  readonly functions: number;
  /** Its path is on no server where everybody may publish, so it is likely private. */
  readonly isLikelyPrivate: boolean;
}

/** Examples of a kind. */
export const MAX_EXAMPLES = 5;
/** Modules that are listed. */
export const MAX_MODULES = 200;
