import { type LeakRule, USER } from '../rule.ts';

/**
 * Shapes of leaks of the family `send` (LEAKS.md). L07 (watchers in the apiserver) is left out: no dump to hold it to.
 *
 * L01 stands for L02 (timeout lost the race), L03 (first of many wins), L04 (double send), L05 (reader goes on after its
 * consumer left) and L08 (fan-in to a hub that waits for us), and for the sender of L36: all of them are user code in a
 * channel send, and only the source tells which.
 */
export const SEND_LEAKS: readonly LeakRule[] = [
  {
    kind: 'leak',
    id: 'L06',
    title: 'Kubernetes watch whose events nobody takes',
    family: 'send',
    grade: 'strong',
    states: ['chan send', 'select'],
    stacks: [{ top: ['k8s.io/apimachinery/pkg/watch.(*StreamWatcher).receive'] }],
    needs: { growthOrAge: true, orMinutes: 5 },
    meaning:
      'A watch holds an event for a reader that has left without stopping the watch. Its stream to the API server stays open, too.',
    check: [
      'Does every path that leaves the loop over ResultChan call Stop on the watch (defer it where the watch is made)?',
      'Can the reader return at the first event it was looking for, or at an error?',
      'Is the watch made again on errors or reloads while the one before is still open?',
      'Does the reader itself wait for something (a full queue, a lock), so that events pile up?',
      'Does the number of these match open streams in the API server?',
    ],
    example: {
      before:
        'w, _ := client.Watch(ctx, opts)\nfor e := range w.ResultChan() {\n\tif ready(e) {\n\t\treturn nil\n\t}\n}',
      after:
        'w, err := client.Watch(ctx, opts)\nif err != nil {\n\treturn err\n}\ndefer w.Stop()\nfor e := range w.ResultChan() {\n\tif ready(e) {\n\t\treturn nil\n\t}\n}',
    },
    sources: ['kuberhealthy#533', 'kubernetes/kubernetes#39734', 'k8s.io/apimachinery/pkg/watch/streamwatcher.go'],
    versions: 'chan send in old releases, select with a done channel since',
  },
  {
    kind: 'leak',
    id: 'L10',
    title: 'Kafka partition whose messages or errors nobody takes',
    family: 'send',
    grade: 'moderate',
    states: ['chan send', 'select'],
    stacks: [
      {
        top: [
          'github.com/IBM/sarama.(*partitionConsumer).responseFeeder',
          'github.com/IBM/sarama.(*partitionConsumer).sendError',
          'github.com/Shopify/sarama.(*partitionConsumer).responseFeeder',
          'github.com/Shopify/sarama.(*partitionConsumer).sendError',
        ],
      },
    ],
    needs: { growthOrAge: true, orMinutes: 5 },
    meaning:
      'A partition consumer holds a message (or an error) that nobody takes, so it cannot be closed. One more for each time the partition is opened again.',
    check: [
      'Is Messages() read until it is closed, also after Close or AsyncClose was called?',
      'Is Errors() read when Consumer.Return.Errors is set?',
      'Is the partition, or the whole consumer, opened again on errors without closing the one before?',
      'Who closes the consumer at a rebalance or shutdown, and does it wait for the drain?',
      'Does the handler of messages wait for something that has stopped?',
    ],
    example: {
      before: 'pc, _ := consumer.ConsumePartition(topic, p, offset)\nmsg := <-pc.Messages()\nhandle(msg) // and leaves',
      after:
        'pc, err := consumer.ConsumePartition(topic, p, offset)\nif err != nil {\n\treturn err\n}\ndefer func() { pc.AsyncClose(); for range pc.Messages() {} }()\nhandle(<-pc.Messages())',
    },
    sources: ['linkedin/Burrow#169', 'github.com/IBM/sarama consumer.go'],
  },
  {
    kind: 'leak',
    id: 'L11',
    title: 'pipe writer with no reader',
    family: 'send',
    grade: 'strong',
    states: ['select', 'cond'],
    stacks: [{ top: ['io.(*pipe).write', 'io.(*PipeWriter).Write'] }],
    needs: { growthOrAge: true, orMinutes: 2 },
    meaning:
      'It writes into an io.Pipe and nobody reads the other end: the reader returned early, mostly on an error, without closing its end.',
    check: [
      'Does every path of the reader close its end (r.Close or r.CloseWithError), also when it fails?',
      'Can the consumer of the reader (an upload, a decoder) stop before EOF? Then close the reader right after it.',
      'Is the request or upload that reads the pipe bound to a context, and is the pipe closed when that is done?',
      'Is the goroutine that reads still there? Look for io.(*pipe).read below the same code.',
    ],
    example: {
      before:
        'r, w := io.Pipe()\ngo encode(w)\nif err := upload(r); err != nil {\n\treturn err // encode waits for ever\n}',
      after:
        'r, w := io.Pipe()\ngo func() { w.CloseWithError(encode(w)) }()\nerr := upload(r)\nr.CloseWithError(err) // wakes encode\nreturn err',
    },
    sources: ['googleapis/google-cloud-go#1380', 'googleapis/google-cloud-go#1161', 'reearth#2366', 'io/pipe.go'],
    versions: 'select since Go 1.10, a condition variable before',
  },
  {
    kind: 'leak',
    id: 'L12',
    title: 'output of a command that never ends',
    family: 'send',
    grade: 'moderate',
    states: ['IO wait', 'chan receive', 'syscall'],
    stacks: [
      {
        frames: [
          ['io.Copy', 'io.CopyBuffer', 'io.copyBuffer'],
          ['os/exec.(*Cmd).Start.func', 'os/exec.(*Cmd).writerDescriptor.func', 'os/exec.(*Cmd).stdin.func'],
        ],
      },
      { top: ['os/exec.(*Cmd).awaitGoroutines', 'os/exec.(*Cmd).Wait'] },
    ],
    needs: { growth: true },
    meaning:
      'A command has ended or hangs, but its output is still held open, often by a child of the child; Wait returns only when the copy of the output ends.',
    check: [
      'Does the command start something in the background that inherits its output?',
      'Is the command bound to a context, and is Cmd.WaitDelay set (Go 1.20), so that Wait gives up on the output?',
      'Is a whole process group killed, or only the shell?',
      'Could the output go to an *os.File instead of a buffer? Then no goroutine copies it.',
      'Does the command itself hang? Look at the process table.',
    ],
    example: {
      before:
        'cmd := exec.Command("sh", "-c", script)\ncmd.Stdout = &out\nerr := cmd.Run() // waits for every holder of the output',
      after:
        'cmd := exec.CommandContext(ctx, "sh", "-c", script)\ncmd.Stdout = &out\ncmd.WaitDelay = 5 * time.Second\nerr := cmd.Run()',
    },
    sources: ['golang/go#23019', 'sourcegraph#25619', 'os/exec/exec.go'],
  },
  {
    kind: 'leak',
    id: 'L09',
    title: 'waits on a nil channel or in an empty select',
    family: 'send',
    grade: 'strong',
    states: ['chan nil', 'select empty'],
    // One of them may be how a program waits for its end: `select {}`, or Done of context.Background, which is nil.
    stacks: [{ top: [USER], without: ['main.main'] }],
    needs: { count: 2, growthOrAge: true, orMinutes: 2 },
    generic: true,
    meaning:
      'What they wait in never ends: a channel that was never made or was set to nil, or a select without cases.',
    check: [
      'Is the channel made before the goroutine starts, in every constructor and in every test double?',
      'Is it a field of a struct that was copied, or built by a literal that leaves it out?',
      'Is it <-ctx.Done() of context.Background()? That is nil, and nothing cancels it.',
      'Is it set to nil on purpose to switch a case of a select off? Then it must not be used outside the select.',
      'Is an empty select, meant for main, reached for each request or connection?',
    ],
    example: {
      before:
        'type Plugin struct{ events chan Event }\n\np := &Plugin{} // events is nil\ngo func() { for e := range p.events { handle(e) } }()',
      after:
        'p := &Plugin{events: make(chan Event)}\ngo func() { for e := range p.events { handle(e) } }()\ndefer close(p.events)',
    },
    sources: ['jbenet/goprocess#10', 'ssv#173', 'runtime/chan.go', 'runtime/select.go'],
  },
  {
    kind: 'leak',
    id: 'L01',
    title: 'send that nobody receives',
    family: 'send',
    grade: 'strong',
    states: ['chan send'],
    stacks: [{ top: [USER] }],
    needs: { growthOrAge: true, orMinutes: 5 },
    generic: true,
    meaning:
      'It sends on a channel whose receiver has left: returned at the first error, timed out, took the first of several answers, or stopped listening.',
    check: [
      'Can the receiver return before it has received from every sender: at an error, a timeout, the first answer?',
      'Is there room in the channel for every send (make(chan T, n)), so that a sender never waits for a receiver that left?',
      'Does the send respect ctx.Done, in a select beside it?',
      'Is a return missing after an error was sent, so that the goroutine sends once more?',
      'Does a reader go on to push after its consumer has finished? Who tells it to stop?',
      'Does the receiver wait for a lock, a queue or a hub that waits for this sender?',
    ],
    example: {
      before:
        'results := make(chan error)\nfor _, c := range checks {\n\tgo func() { results <- c.Run() }()\n}\nfor range checks {\n\tif err := <-results; err != nil {\n\t\treturn err // the others send to nobody\n\t}\n}',
      after:
        'results := make(chan error, len(checks)) // room for all\nfor _, c := range checks {\n\tgo func() { results <- c.Run() }()\n}\nfor range checks {\n\tif err := <-results; err != nil {\n\t\treturn err\n\t}\n}',
    },
    sources: [
      'LeakProf (arXiv 2312.12002): EarlyReturn, Timeout, NCast, DoubleSend',
      'google/cadvisor#2549',
      'health-go#224',
      'spicedb#235',
      'ccxt#25963',
      'helm/helm#10489',
      'restatedev/sdk-go#141',
      'mattermost#7577',
    ],
  },
];
