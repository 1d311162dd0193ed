import { beginsLikeRuleFile, mayBeRuleFile, RULE_FILE_HEAD, readRuleFile } from '../core/triage/read-rule-file.ts';
import { RULE_FILE_LIMITS } from '../core/triage/rule-file.ts';
import type { ReadReply } from './protocol.ts';

/**
 * What a file holds as a team rule file; null when it is none, and may hold dumps. Known by content whatever its name. Cost:
 * a look at the first bytes; the whole of small files that begin as JSON does.
 */
export async function readTeamRules(file: Blob): Promise<ReadReply | null> {
  try {
    const head = await file.slice(0, RULE_FILE_HEAD).text();
    if (!mayBeRuleFile(head)) return null;
    if (file.size > RULE_FILE_LIMITS.bytes) return beginsLikeRuleFile(head) ? TOO_LARGE : null;
    const found = readRuleFile(await file.text());
    if (found === null) return null;
    if (found.kind === 'file') return { kind: 'rules', file: found.file };
    return {
      kind: 'rejected',
      why: `This is a team rule file that cannot be taken. ${found.problems.join(' ')}`,
      isOwnFile: true,
    };
  } catch {
    // A file that cannot be read is told of by the reader of dumps.
    return null;
  }
}

const TOO_LARGE: ReadReply = {
  kind: 'rejected',
  why: `This is a team rule file of more than ${RULE_FILE_LIMITS.bytes / 2 ** 20} MiB, more than this page takes.`,
  isOwnFile: true,
};
