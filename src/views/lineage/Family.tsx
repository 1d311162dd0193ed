import type { ChainLink, GoroutineLineage } from '../../core/causes/lineage/lineage.ts';
import { useStandstill } from '../../store/use-store.ts';
import { formatCount, formatNumberOf } from '../../ui/format.ts';
import type { GroupDetail } from '../../worker/protocol.ts';
import {
  GoroutineLink,
  GoroutineList,
  Linked,
  OpenedText,
  type OpenText,
  type Places,
  useOpenText,
} from '../locks/GoroutineLinks.tsx';
import './lineage.css';

/** Creators shown of a long line. */
const FIRST_LINKS = 8;

/** Who created a goroutine of the group, who created that one, and whom it created. */
export function Family({ detail }: { detail: GroupDetail }) {
  const { status, value, error } = useStandstill((state) => state.family);
  const text = useOpenText();
  // Forms without ids cannot say it of one goroutine; the creating function stands under the stack.
  if (detail.goroutines[0]?.id == null) return null;
  return (
    <section className="block family" aria-label="Lineage">
      <h3>
        Lineage
        {value === null ? null : (
          <span className="muted">
            {' '}
            of goroutine {value.lineage.goroutineId}
            {detail.count > 1 ? ', open another’s text for its own' : ''}
          </span>
        )}
      </h3>
      {status === 'failed' ? (
        <p className="failed-note" role="alert">
          The lineage could not be found: {error}
        </p>
      ) : value === null ? (
        <p className="muted">{status === 'asking' ? 'Looking for creators…' : 'Nothing is known of it.'}</p>
      ) : (
        <>
          <Creators lineage={value.lineage} createdBy={creatorOf(detail)} places={value.places} text={text} />
          <Children lineage={value.lineage} places={value.places} text={text} />
          <OpenedText text={text} />
          <Ancestors lineage={value.lineage} places={value.places} text={text} />
          {value.lineage.evidence.length === 0 ? null : (
            <ul className="family-evidence muted">
              {value.lineage.evidence.map((sentence) => (
                <li key={sentence}>
                  <Linked sentence={sentence} places={value.places} text={text} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

interface Part {
  readonly lineage: GoroutineLineage;
  readonly places: Places;
  readonly text: OpenText;
}

function Creators({ lineage, createdBy, places, text }: Part & { createdBy: string }) {
  const { chain, creator } = lineage;
  if (creator === 'none') return <p>Nobody created it.</p>;
  const [ancestor] = lineage.ancestors;
  if (chain.length === 0 && ancestor !== undefined) {
    return (
      <p>
        Created {createdBy === '' ? '' : 'by '}
        {createdBy === '' ? null : <code>{createdBy}</code>} in{' '}
        <GoroutineLink id={ancestor.id} places={places} text={text} />, by its ancestors.
      </p>
    );
  }
  if (chain.length === 0) {
    return createdBy === '' ? (
      <p>Its creator is not printed.</p>
    ) : (
      <p>
        Created by <code>{createdBy}</code>, in a goroutine that is not named.
      </p>
    );
  }
  return (
    <>
      <ol className="chain" aria-label="Created by">
        {chain.slice(0, FIRST_LINKS).map((link) => (
          <Link key={link.id} link={link} places={places} text={text} />
        ))}
      </ol>
      {chain.length > FIRST_LINKS ? (
        <p className="muted">and {formatNumberOf(chain.length - FIRST_LINKS, 'creator')} further up.</p>
      ) : null}
    </>
  );
}

function Link({ link, places, text }: { link: ChainLink; places: Places; text: OpenText }) {
  return (
    <li>
      created by {link.createdBy === '' ? null : <code>{link.createdBy}</code>}{' '}
      {link.row === null ? (
        <>
          in <span className="mono">goroutine {link.id}</span>
          <span className="inferred" title="It is not in this dump">
            gone
          </span>
        </>
      ) : (
        <>
          in <GoroutineLink id={link.id} places={places} text={text} /> <span className="muted">[{link.state}]</span>
        </>
      )}
    </li>
  );
}

function Children({ lineage: { children }, places, text }: Part) {
  if (children === null || children.count === 0) return null;
  return (
    <div>
      <p>{formatNumberOf(children.count, 'child', 'children')} still there:</p>
      <ul className="counted">
        {children.kinds.slice(0, FIRST_LINKS).map(({ entry, state, goroutines }) => (
          <li key={`${entry}\n${state}`}>
            <span className="counted-number">{formatCount(goroutines)}</span>
            <span>
              <code>{entry}</code> <span className="muted">[{state}]</span>
            </span>
          </li>
        ))}
      </ul>
      <GoroutineList ids={children.ids} count={children.count} places={places} text={text} />
    </div>
  );
}

/** Stacks of the creators at the time they created. */
function Ancestors({ lineage: { ancestors }, places, text }: Part) {
  return ancestors.map(({ id, isHere, frames }) => (
    <details key={id}>
      <summary>
        goroutine {id} when it created{isHere ? '' : ' (gone now)'}
      </summary>
      {isHere ? <GoroutineLink id={id} places={places} text={text} /> : null}
      <ol className="ancestor-frames">
        {frames.map(({ function: name, file, line }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: frames of one stack never move.
          <li key={at}>
            <code>{name}</code>{' '}
            <code className="muted">
              {file.slice(file.lastIndexOf('/') + 1)}:{line}
            </code>
          </li>
        ))}
      </ol>
    </details>
  ));
}

function creatorOf(detail: GroupDetail): string {
  return detail.stacks[0]?.createdBy?.function ?? '';
}
