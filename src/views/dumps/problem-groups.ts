import type { Problem } from '../../core/model/problem.ts';

/** Problems of one kind. */
export interface ProblemGroup {
  readonly why: string;
  /** In order of line. */
  readonly problems: readonly Problem[];
}

/** Problems by their reason, the most frequent reason first; equally frequent ones in order of appearance. */
export function groupProblems(problems: readonly Problem[]): readonly ProblemGroup[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const known = groups.get(problem.why);
    if (known === undefined) groups.set(problem.why, [problem]);
    else known.push(problem);
  }
  return [...groups]
    .map(([why, those]) => ({ why, problems: those }))
    .sort((a, b) => b.problems.length - a.problems.length);
}
