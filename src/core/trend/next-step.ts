import type { Moment } from './moments.ts';
import type { Call, NextStep } from './verdict.ts';

/** What decides which dump to take next. */
export interface NextFacts {
  readonly call: Call;
  /** Dumps of the process that decided the call. */
  readonly dumps: readonly Moment[];
  readonly instance: string | null;
  /** The load is known to have fallen before the last dump. */
  readonly afterLoad: boolean;
  /** Dumps with ids, which can tell whether goroutines stay. */
  readonly hasIds: boolean;
}

/** A name as Kubernetes gives it to pods; others may be hosts. */
const POD = /^[a-z0-9][a-z0-9.-]{0,252}$/;

/** Which dump to take next, with commands to copy. Words in capitals must be filled in. */
export function nextStep(facts: NextFacts): NextStep {
  const file = facts.dumps.length === 0 ? 'dump' : 'next';
  const debug2 = `"http://HOST:6060/debug/pprof/goroutine?debug=2" > "${file}-$(date -u +%Y%m%dT%H%M%SZ).txt"`;
  const pod = facts.instance !== null && POD.test(facts.instance) ? facts.instance : 'POD';
  const commands = [
    { title: 'curl', command: `curl -s ${debug2}` },
    {
      title: 'kubectl',
      command: `kubectl port-forward pod/${pod} 6060:6060 & sleep 2; curl -s ${debug2.replace('HOST', 'localhost')}; kill %1`,
    },
  ];
  if (
    facts.call === 'leaked' ||
    facts.call === 'growing' ||
    facts.call === 'raised' ||
    facts.call === 'stuck' ||
    facts.call === 'suspicious'
  ) {
    commands.push({
      title: 'Proof, from Go 1.27 (1.26: built with GOEXPERIMENT=goroutineleakprofile)',
      command: 'curl -s "http://HOST:6060/debug/pprof/goroutineleak?debug=2" > leaks.txt',
    });
  }
  return { text: adviceOf(facts), commands };
}

function adviceOf({ call, dumps, afterLoad, hasIds }: NextFacts): string {
  const withIds = hasIds ? '' : ' Take it with debug=2, which prints goroutine ids: they tell whether goroutines stay.';
  if (dumps.length === 0) return 'Take a dump: counts alone do not tell which goroutines they are.';
  switch (call) {
    case 'leaked':
      return 'Nothing more is needed to know that it leaks. Read the stack: who should have received, cancelled, stopped or closed? After the fix, take a dump under the same load.';
    case 'growing':
      return afterLoad
        ? `One more dump ten minutes from now shows whether it still grows without load.${withIds}`
        : `Take one more dump some minutes after the load has fallen: what is still there then is no burst.${withIds}`;
    case 'raised':
      return `Take one more dump ten minutes from now, and one after the next wave of load: a leak is higher then, a pool that was filled is not.${withIds}`;
    case 'stuck':
      return `Take one more dump in two minutes: the same ids at the same stack, older, prove that they do not move.${withIds}`;
    case 'suspicious':
    case 'cannot-tell':
      return dumps.length === 1
        ? `Take a second dump of the same process in three to ten minutes, best when the load has fallen.${withIds}`
        : `Take one more dump after the load has fallen: what stays then is no burst.${withIds}`;
    case 'spike':
      return `Nothing urgent. One more dump after the next burst shows whether each leaves a little behind.${withIds}`;
    case 'shrinking':
      return `Take one more dump when it has settled, to have a baseline.${withIds}`;
    case 'steady':
      return `Nothing to do. When an alarm says the count climbs, take a dump then and one some minutes later.${withIds}`;
  }
}

/** What would change the answer. */
export function whatWouldChange({ call, dumps, hasIds }: NextFacts): string[] {
  const ids = hasIds ? [] : ['Dumps with goroutine ids (debug=2) would tell whether the same goroutines remain.'];
  switch (call) {
    case 'leaked':
      return ['Nothing: the runtime proved that nothing can wake them.'];
    case 'growing':
      return [
        'A dump after the load has fallen in which they are gone: then it was a burst.',
        'A later dump in which the count stands still: then it is a pool that was filled, or a wave.',
        ...ids,
      ];
    case 'raised':
      return [
        'A later dump in which they are gone: then they were only slow.',
        'A higher count after the next wave: then it grows.',
        ...ids,
      ];
    case 'stuck':
      return [
        'A later dump in which these ids have moved on: then they were slow, not stuck.',
        'A rising count: then it grows.',
      ];
    case 'suspicious':
      return [
        'A second dump in which they are gone or replaced.',
        'A second dump in which they are still there and more have come: then it grows.',
        ...ids,
      ];
    case 'spike':
      return [
        'A next wave that leaves the count higher than before.',
        'A later dump in which it is up again without load.',
      ];
    case 'shrinking':
    case 'steady':
      return ['A later dump with more goroutines that stay.', ...ids];
    case 'cannot-tell':
      return dumps.length < 2
        ? ['A second dump of the same process: one dump does not show what grows.', ...ids]
        : ['A dump after the load has fallen, with the phases marked: still up is no burst.', ...ids];
  }
}
