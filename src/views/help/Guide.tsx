import { Dialog } from '../../ui/Dialog.tsx';
import { TERMS } from './terms.ts';
import './help.css';

const ENTRY = `goroutine 4711 [chan send, 12 minutes]:
example.com/orders/publish.(*Publisher).Publish.func1()
	/srv/orders/publish/publisher.go:88 +0x5f
created by example.com/orders/publish.(*Publisher).Publish in goroutine 4709
	/srv/orders/publish/publisher.go:80 +0x1ac`;

const SEND = `// leaks when the caller has left: nobody receives
results := make(chan Result)
go func() { results <- query() }()
select {
case r := <-results:
	return r, nil
case <-ctx.Done():
	return Result{}, ctx.Err()
}
// room for one value lets it end: make(chan Result, 1)`;

const TICKER = `// never ends: nothing stops it
go func() {
	for range time.Tick(time.Second) { refresh() }
}()
// ends with its owner
go func() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			refresh()
		case <-ctx.Done():
			return
		}
	}
}()`;

/** How a goroutine dump is read, for who has not read many. */
export function Guide({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Reading a goroutine dump" className="dialog wide" onClose={onClose}>
      <div className="guide">
        <p>
          A dump lists every goroutine of a program at one moment: what it was doing, since when, and who started it.
          One dump shows where goroutines stand. Two of the same process, minutes apart, show whether they stay.
        </p>
        <h3>One entry</h3>
        <Code text={ENTRY} />
        <p>
          <strong>4711</strong> is its number: never used again in the same process, and rising, so high numbers are
          young. <strong>chan send</strong> is what it waits for, <strong>12 minutes</strong> for how long. Then the
          frames, the innermost first: the first that is yours is the place to look at. Last who created it.
        </p>
        <h3>The method</h3>
        <ol>
          <li>
            <strong>Confirm.</strong> Does the count stay up after the load has fallen? A count that comes down again
            was a burst, not a leak.
          </li>
          <li>
            <strong>Group.</strong> Thousands of goroutines are a handful of stacks. The largest group that is not part
            of an idle server is the suspect.
          </li>
          <li>
            <strong>Compare.</strong> Take dumps before, under and some minutes after the load. What came and stayed,
            with the same numbers at the same stack, is stuck.
          </li>
          <li>
            <strong>Explain.</strong> Who owns the channel? Who cancels? Who stops the loop? Who closes the queue?
          </li>
        </ol>
        <h3>Four causes</h3>
        <p>
          <strong>A send that nobody receives.</strong> Many in “chan send”, created by a function that gave up waiting.
        </p>
        <Code text={SEND} />
        <p>
          <strong>Work that never sees its cancellation.</strong> Many in “IO wait”, “select” or “chan receive” below a
          request handler that has returned: a context that is not passed on, a call without a deadline.
        </p>
        <p>
          <strong>A loop that nothing stops.</strong> “select” or “chan receive” below a ticker or watcher, one more for
          every object that is made.
        </p>
        <Code text={TICKER} />
        <p>
          <strong>A pool or queue that is not shut down.</strong> “chan receive” in workers whose channel nobody closes,
          a pool for every request instead of one.
        </p>
        <h3>False friends</h3>
        <p>
          Idle servers have goroutines that wait for ever and should: accept loops, one reader and one writer for each
          open connection, signal handlers, workers of a pool. Their number does not grow. A large number alone proves
          nothing; long waits alone do not either.
        </p>
        <h3>What a dump does not say</h3>
        <p>
          It does not name the holder of a lock, nor the other side of a channel: both are inferred from where others
          stand. Waits under a minute are not printed. <code>debug=1</code> and <code>debug=0</code> count stacks and
          have neither numbers nor waits.
        </p>
        <h3>Words</h3>
        <dl>
          {TERMS.map(({ term, says, source }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>
                {says} <span className="muted">{source}</span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}

function Code({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls sideways must be reachable by keyboard.
    <pre tabIndex={0}>
      <code>{text}</code>
    </pre>
  );
}
