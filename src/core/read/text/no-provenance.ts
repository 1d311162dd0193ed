import type { Provenance } from '../../model/provenance.ts';

/** Of what is read as a part of something else: where it stands is for the reader of the whole to say. */
export const NO_PROVENANCE: Provenance = {
  fileName: '',
  path: '',
  fileBytes: 0,
  containers: [],
  entry: null,
  encoding: null,
  wrapper: null,
  lane: null,
  formatReason: '',
  takenAtMs: null,
  takenAtFrom: null,
  instance: null,
  reason: null,
};
