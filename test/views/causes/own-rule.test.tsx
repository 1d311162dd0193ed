import { render, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Cause, Rule } from '../../../src/core/causes/rule.ts';
import { INITIAL_VIEW } from '../../../src/store/initial-state.ts';
import type { RuleFileEntry } from '../../../src/store/state.ts';
import { CauseSection } from '../../../src/views/causes/CauseSection.tsx';
import { CauseText } from '../../../src/views/causes/CauseText.tsx';
import { WhatToDo } from '../../../src/views/verdict/WhatToDo.tsx';
import { benignRule, leakCause, leakRule, tableCauses } from '../support/causes.ts';
import { renderOver } from '../support/fixed-store.tsx';
import { groupDetail, groupTable } from '../support/groups.ts';
import { dumpId, fileId } from '../support/summaries.ts';
import { groupVerdict, processVerdict, verdict } from '../verdict/verdicts.ts';

const TABLE = groupTable([['main.push → chan send', 40, 'chan send']]);
const KEY = 'key of main.push → chan send';
const OWN_LEAK = leakRule();
const OWN_BENIGN = benignRule();

const fileOf = (name: string, ...rules: Rule[]): RuleFileEntry => ({
  fileId: fileId(name),
  name,
  file: { rules, marks: [] },
});

function showCause(cause: Cause, own: readonly Rule[], ruleFiles: readonly RuleFileEntry[] = []) {
  renderOver(
    {
      view: { ...INITIAL_VIEW, groupKey: KEY },
      groups: { status: 'ready', value: { table: TABLE, previousCount: null }, error: null },
      causes: tableCauses(TABLE, [cause], {}, own),
      ownRules: own,
      ruleFiles,
    },
    <CauseSection detail={groupDetail({ key: KEY })} />,
  );
  return screen.getByRole('region', { name: 'Cause' });
}

describe('the cause of the chosen group', () => {
  test('by a shipped rule names no origin, whatever else the team wrote', () => {
    const other = leakRule({ id: 'shop-1' });
    expect(showCause(leakCause(), [other], [fileOf('team.json', other)])).not.toHaveTextContent('rule of your team');
  });

  test('by an own rule names the file it stands in, of several the last', () => {
    const files = [fileOf('old.json', leakRule()), fileOf('team.json', OWN_LEAK)];
    expect(showCause(leakCause(), [OWN_LEAK], files)).toHaveTextContent('L01 is a rule of your team: team.json.');
  });

  test('by an own rule that was written or changed here says so', () => {
    const files = [fileOf('team.json', leakRule({ title: 'as in the file' }))];
    expect(showCause(leakCause(), [OWN_LEAK], files)).toHaveTextContent(
      'L01 is a rule of your team: kept with this investigation.',
    );
  });

  test('by a broken guard tells of the guard’s rule and of the one it became', () => {
    const broken = leakCause({ brokenGuardOf: 'B10' });
    const region = showCause(broken, [OWN_BENIGN, OWN_LEAK], [fileOf('team.json', OWN_BENIGN)]);
    expect(
      within(region)
        .getAllByText(/rule of your team/)
        .map((each) => each.textContent),
    ).toEqual(['B10 is a rule of your team: team.json.', 'L01 is a rule of your team: kept with this investigation.']);
  });

  test('by a broken guard of the team that becomes a shipped rule claims the guard only', () => {
    const region = showCause(leakCause({ brokenGuardOf: 'B10' }), [OWN_BENIGN], [fileOf('team.json', OWN_BENIGN)]);
    expect(within(region).getAllByText(/rule of your team/)).toHaveLength(1);
    expect(region).toHaveTextContent('B10 is a rule of your team: team.json.');
  });
});

test('a rule without questions, example and sources shows no empty parts for them', () => {
  const bare = leakRule({ check: [], example: { before: '', after: '' }, sources: [] });
  render(<CauseText rule={bare} />);
  expect(screen.getByText(bare.meaning)).toBeVisible();
  for (const part of [/What to check/, /Example/, /Sources/]) expect(screen.queryByText(part)).toBeNull();
});

test('what to do for the likely cause says that the team’s rule asks', () => {
  const answer = verdict({
    groups: [groupVerdict({ key: KEY, dumps: [0], counts: [40], call: 'suspicious' })],
    processes: [processVerdict({ dumps: [0], totals: [40] })],
  });
  const leading = { at: 0, cause: leakCause(), rule: leakRule(), own: OWN_LEAK };
  renderOver(
    {
      verdict: { status: 'ready', value: { verdict: answer, dumpIds: [dumpId('now')] }, error: null },
      verdictCauses: { status: 'ready', value: { of: answer, causes: [leakCause()], leading }, error: null },
      ownRules: [OWN_LEAK],
      ruleFiles: [fileOf('team.json', OWN_LEAK)],
    },
    <WhatToDo verdict={answer} onClose={() => undefined} />,
  );
  expect(screen.getByRole('region', { name: 'Likely cause' })).toHaveTextContent(
    'L01 is a rule of your team: team.json.',
  );
});
