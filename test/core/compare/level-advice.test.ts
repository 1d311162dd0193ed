import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adviseLevel } from '../../../src/core/compare/level-advice.ts';
import { indexDump } from '../../../src/core/group/cells.ts';
import { corpusFile } from '../../support/corpus.ts';
import { drawDump } from '../../support/dump-builder.ts';
import { readOne } from '../../support/read-one.ts';

/** A small program whose calls stand some lines further down. */
const build = (lines: number) =>
  indexDump(
    drawDump([
      {
        state: 'chan send',
        frames: [`main.send /a.go:${10 + lines}`, `main.serve /a.go:${20 + lines}`, `main.main /m.go:5`],
        createdBy: 'main.main /m.go:7',
      },
      { state: 'select', frames: [`main.rest /a.go:${30 + lines}`, `main.loop /a.go:${40 + lines}`] },
    ]),
  );

describe('the level that suits some dumps', () => {
  test('is the exact one for dumps of one build', () => {
    expect(adviseLevel([build(0), build(0)])).toEqual({ level: 'exact', why: '' });
    expect(adviseLevel([build(0)])).toEqual({ level: 'exact', why: '' });
  });

  test('is functions when calls stand at other lines, with an example', () => {
    const { level, why } = adviseLevel([build(0), build(4)]);
    expect(level).toBe('functions');
    expect(why).toContain('Line numbers differ');
    expect(why).toContain('main.loop calls main.rest at line 40 in one and 44 in another');
    expect(adviseLevel([build(4), build(0)]).level).toBe('functions');
  });

  test('stays exact when a function only waits at another place of its own', () => {
    const at = (line: number) =>
      indexDump(
        drawDump([
          { state: 'select', frames: [`main.worker /a.go:${line}`], createdBy: 'main.main /m.go:7' },
          { state: 'select', frames: ['main.other /a.go:3', 'main.run /a.go:9'], createdBy: 'main.main /m.go:8' },
        ]),
      );
    expect(adviseLevel([at(20), at(25)]).level).toBe('exact');
  });

  test('is functions for dumps of two forms', () => {
    const pprof = indexDump(drawDump([{ frames: ['runtime.gopark', 'main.send /a.go:10'] }], 'pprof'));
    expect(adviseLevel([build(0), pprof])).toMatchObject({ level: 'functions', why: expect.stringContaining('forms') });
  });

  test.each(['caddy-2.11', 'prometheus-2.42', 'etcd-3.5.30', 'prog-tickerleak-go1.19'])(
    'is the exact one for real dumps of one run of %s',
    async (name) => {
      const moments = name.startsWith('prog') ? ['1-before', '2-during', '3-later'] : ['1-before', '4-after'];
      const dumps = await Promise.all(
        moments.map(async (moment) => {
          const file = corpusFile(`${name}/${moment}.debug2.txt`) ?? corpusFile(`${name}/${moment}.debug2.txt.gz`);
          return indexDump(await readOne(readFileSync(file!.path)));
        }),
      );
      expect(adviseLevel(dumps)).toEqual({ level: 'exact', why: '' });
    },
  );
});
