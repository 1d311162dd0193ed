import { MAX_RACES, type Race, type RaceReport } from '../../../model/race-report.ts';
import type { ReadContext, ReadOutcome } from '../../format.ts';
import { inputLine, provenanceOf } from '../../text/provenance.ts';
import type { Claim, OutsideLine, Watch, WatchKind } from '../../text/watch.ts';
import * as lines from './lines.ts';
import { RaceBuilder, raceKey } from './race-builder.ts';

/** Reports of the race detector (`-race`) in a text, together one `RaceReport`. */
export const raceWatch: WatchKind = {
  id: 'race',
  words: () => ['warning: data race', ' data race(s)'],
  create: (context) => new RaceWatch(context),
};

class RaceWatch implements Watch {
  readonly #context: ReadContext;
  readonly #races = new Map<string, Race>();
  #open: RaceBuilder | null = null;
  #openedAt = 0;
  #loggedMs: number | null = null;
  /** Of the warning of the report that is open. */
  #openedMs: number | null = null;
  /** Line of the rule that closed the report before. */
  #closedAt = 0;
  #reports = 0;
  /** Sum of the totals that programs printed when they ended. */
  #found = 0;
  #pastLimit = 0;
  #unended = 0;
  #shortened = 0;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  offer(line: OutsideLine): Claim {
    const text = line.text.trim();
    if (this.#open !== null) {
      const was = this.#open.add(text);
      if (was === 'own') return 'open';
      this.#close(was === 'closing');
      if (was === 'closing') {
        this.#closedAt = line.number;
        return 'done';
      }
    }
    if (text === lines.WARNING) {
      // Each report has a rule of its own above it: the one that seemed to close the report before was this one's.
      if (line.number === this.#closedAt + 1) this.#unended++;
      this.#openedAt = inputLine(this.#context, line.number);
      this.#openedMs = this.#context.origins?.timeMs(line.number) ?? null;
      this.#open = new RaceBuilder(this.#openedAt);
      return 'open';
    }
    const found = lines.parseFound(text);
    if (found === null) return 'no';
    this.#found += found;
    return 'done';
  }

  #close(ended: boolean): void {
    const builder = this.#open;
    const race = builder?.finish() ?? null;
    this.#open = null;
    this.#closedAt = 0;
    if (builder === null || race === null) return;
    if (this.#reports === 0) this.#loggedMs = this.#openedMs;
    this.#reports++;
    if (!ended) this.#unended++;
    if (builder.shortened) this.#shortened++;
    const key = raceKey(race);
    const known = this.#races.get(key);
    if (known !== undefined) this.#races.set(key, { ...known, times: known.times + 1 });
    else if (this.#races.size < MAX_RACES) this.#races.set(key, { ...race, times: 1 });
    else this.#pastLimit++;
  }

  finish(): Pick<ReadOutcome, 'dumps' | 'countLogs' | 'races'> {
    this.#close(false);
    const races = [...this.#races.values()];
    const [first] = races;
    if (first === undefined) return { dumps: [], countLogs: [], races: [] };
    const report: RaceReport = {
      provenance: provenanceOf(
        this.#context,
        { stampedMs: this.#loggedMs, loggedMs: null },
        {
          reason: null,
          formatReason: `line ${first.line} begins a report of the race detector`,
        },
      ),
      races,
      reports: this.#reports,
      caveats: this.#caveats(),
    };
    return { dumps: [], countLogs: [], races: [report] };
  }

  #caveats(): string[] {
    const caveats: string[] = [];
    if (this.#unended > 0) {
      const which = this.#unended === 1 ? 'One report ends' : `${this.#unended} reports end`;
      caveats.push(`${which} without the closing line of equals signs: stacks may be missing.`);
    }
    if (this.#shortened > 0) caveats.push(`Parts of ${this.#shortened} very long reports were left out.`);
    if (this.#pastLimit > 0) {
      caveats.push(`Only the first ${MAX_RACES} races are kept; ${this.#pastLimit} reports of others were left out.`);
    }
    if (this.#found > this.#reports) {
      caveats.push(`The race detector says it found ${this.#found} races; ${this.#reports} reports stand in the text.`);
    }
    return caveats;
  }
}
