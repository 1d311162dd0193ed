import { ALL_RULES } from '../../src/core/causes/rules/all-rules.ts';
import { indexDump } from '../../src/core/group/cells.ts';
import { partitionCells } from '../../src/core/group/keys.ts';
import type { Investigation } from '../../src/investigation/investigation.ts';
import { DEFAULT_VIEW } from '../../src/investigation/view.ts';
import { drawDump } from './dump-builder.ts';

/** An investigation in which a word stands in every place where a text can. `labels` and so on name what the word betrays. */
export async function plantedInvestigation(): Promise<Investigation> {
  const base = drawDump(
    [
      {
        state: 'chan send',
        frames: [
          'example.com/canary/queue.(*Q).send /home/canary/queue/send.go:4',
          'canaryshop.run /srv/canary/run.go:9',
        ],
        createdBy: 'example.com/canary.start /home/canary/start.go:2',
        labels: [['canary-key', 'canary-value']],
        times: 3,
      },
      { state: 'select', frames: ['net/http.(*conn).serve /usr/local/go/src/net/http/server.go:1'] },
    ],
    'traceback',
    {
      problems: [
        { line: 3, text: 'junk of /Users/Jane Canary/x.go, canary/internal/x.go:12', why: 'in /home/canary/y.go' },
      ],
      problemCount: 1,
      lowerBounds: ['canary-host-7 was cut.'],
      runningTests: ['canaryshop.TestCheckout (9m)'],
      caveats: ['Lines of canary-host-7 were left out, canary-value.'],
      provenance: {
        fileName: 'canary-host-7.txt',
        path: 'canary/canary-host-7.txt',
        entry: 'nodes/canary-host-7/stacks.txt',
        formatReason: 'line 1 of canary-host-7',
        instance: 'canary-host-7',
        lane: 'pod/canary-host-8',
        reason: 'panic: dial tcp canary-db.internal:5432: at canary/internal/z.go',
        wrapper: { kinds: ['kubectl'], example: 'canary line', exampleRead: 'canary read', lines: 3 },
      },
    },
  );
  const index = indexDump(base);
  const key = partitionCells(index, 'functions').key[0] ?? '';
  const frame = { function: 'example.com/canary.race', file: '/home/canary/race.go', line: 1, kind: 'go' as const };
  const [rule] = ALL_RULES.filter(({ kind }) => kind === 'leak');
  if (rule?.kind !== 'leak') throw new Error('no rule');
  return {
    dumps: [{ name: 'canary-host-7.txt', takenAtMs: 5, takenAtFrom: 'user', dump: base }],
    counts: [
      {
        name: 'canary-host-7.log',
        log: {
          form: 'log',
          provenance: base.provenance,
          key: 'goroutines',
          timesMs: Float64Array.of(1),
          counts: Float64Array.of(2),
          lines: Int32Array.of(1),
          caveats: ['canary-host-7 tells no time'],
        },
      },
    ],
    races: [
      {
        name: 'canary-host-7.race',
        report: {
          provenance: base.provenance,
          reports: 1,
          caveats: ['of canary-host-7'],
          races: [
            {
              line: 1,
              times: 1,
              accesses: [{ what: 'Write', address: '0x00c0ffee', goroutine: 7, frames: [frame] }],
              creations: [{ goroutine: 7, state: 'running', frames: [frame] }],
              notes: ['Location is heap block at 0xc0ffee in /home/canary/race.go'],
            },
          ],
        },
      },
    ],
    notes: [{ name: 'canary-host-7.zip', notes: ['canary-host-7.zip holds 3 more'] }],
    rules: [
      {
        ...rule,
        id: 'T1',
        title: 'canaryshop.run waits',
        meaning: 'example.com/canary waits',
        check: ['Does canaryshop.run end?'],
        example: { before: 'canaryshop.run()', after: 'canaryshop.stop()' },
        sources: ['example.com/canary wiki'],
        versions: 'canaryshop 1',
        stacks: [
          {
            top: ['canaryshop.run'],
            frames: [['example.com/canary.*']],
            createdBy: ['canaryshop.*'],
            without: ['canaryshop.ok'],
          },
        ],
      },
    ],
    marks: [
      {
        id: key,
        mark: 'suspect',
        name: 'example.com/canary/queue.(*Q).send → chan send',
        note: 'seen on canary-host-7',
        states: ['chan send'],
        frames: ['example.com/canary/queue.(*Q).send', 'canaryshop.run'],
        createdBy: 'example.com/canary.start',
      },
    ],
    view: {
      ...DEFAULT_VIEW,
      title: 'canary-host-7 climbs',
      search: 'canaryshop',
      level: 'functions',
      dumpId: 0,
      groupKey: key,
    },
  };
}
