import { type LeakRule, USER } from '../rule.ts';
import { SERVER_FRAMES } from './server-frames.ts';

/** Receivers and functions that call themselves a part of a pool or queue. The first letter may be of either case. */
const WORKERS = [
  '*orker).*',
  '*Pool).*',
  '*pool).*',
  '*ispatcher).*',
  '*onsumer).*',
  '*Queue).*',
  '*queue).*',
  '*.work',
  '*.Work',
  '*.worker*',
  '*.Worker*',
  '*Worker',
  '*Worker.func',
  '*.dispatch*',
  '*.Dispatch*',
  '*.consume*',
  '*.Consume*',
];

/**
 * Shapes of leaks of the family `pool` (LEAKS.md). L35 stands for the workers of L36 and for every receive that a dump
 * cannot tell from it; the submitters of L36 are known where a request waits for them. L38 asks names, as its select
 * looks like that of L14.
 */
export const POOL_LEAKS: readonly LeakRule[] = [
  {
    kind: 'leak',
    id: 'L37',
    title: 'worker pool that is never stopped',
    family: 'pool',
    grade: 'moderate',
    states: ['select', 'chan receive'],
    stacks: [
      { top: ['github.com/gammazero/workerpool.(*WorkerPool).dispatch'] },
      { top: ['github.com/gammazero/workerpool.worker', 'github.com/gammazero/workerpool.startWorker'] },
    ],
    needs: { growth: true },
    meaning:
      'Each pool has a dispatcher until Stop or StopWait. They become more: one pool for each request or object.',
    check: [
      'Is a pool made for each request instead of one for the process?',
      'Is StopWait called on every path (defer it where the pool is made)?',
      'Does a task that never ends keep StopWait waiting?',
    ],
    example: {
      before:
        'func resize(images []Image) {\n\tp := workerpool.New(4)\n\tfor _, i := range images {\n\t\tp.Submit(i.resize)\n\t}\n}',
      after:
        'func resize(images []Image) {\n\tp := workerpool.New(4)\n\tdefer p.StopWait()\n\tfor _, i := range images {\n\t\tp.Submit(i.resize)\n\t}\n}',
    },
    sources: ['gammazero/workerpool#50'],
  },
  {
    kind: 'leak',
    id: 'L39',
    title: 'unbounded channel that is never closed',
    family: 'pool',
    grade: 'moderate',
    states: ['chan receive', 'select'],
    stacks: [
      {
        top: [
          'github.com/smallnest/chanx.process[...]',
          'github.com/smallnest/chanx.process',
          'github.com/smallnest/chanx.NewUnboundedChanSize*.func',
        ],
      },
    ],
    needs: { growth: true },
    meaning:
      'Each unbounded channel has a goroutine until its In is closed, or its context is done, and Out is drained.',
    check: [
      'Who closes In, and on every path?',
      'Is Out read until it is closed?',
      'Does the context that it was made with ever end?',
    ],
    example: {
      before: 'c := chanx.NewUnboundedChan[Event](context.Background(), 16)\ngo produce(c.In)\nfirst := <-c.Out',
      after:
        'ctx, cancel := context.WithCancel(ctx)\ndefer cancel()\nc := chanx.NewUnboundedChan[Event](ctx, 16)\ngo produce(c.In)\nfirst := <-c.Out',
    },
    sources: ['smallnest/chanx#12'],
  },
  {
    kind: 'leak',
    id: 'L40',
    title: 'ants pool that is never released',
    family: 'pool',
    grade: 'strong',
    states: ['chan receive', 'select'],
    stacks: [
      {
        frames: [
          [
            'github.com/panjf2000/ants.(*goWorker*',
            'github.com/panjf2000/ants.(*goWorkerWith*',
            'github.com/panjf2000/ants.(*poolCommon).*',
            'github.com/panjf2000/ants.(*Pool*).*',
          ],
        ],
      },
    ],
    needs: { growth: true },
    meaning:
      'Idle workers, the cleaner and the clock of each pool stay until Release. They become more: pools are made and not released, or idle workers got lost.',
    check: [
      'Is a pool made for each request instead of one for the process (ants.Submit uses a shared one)?',
      'Is Release called on every path?',
      'Are there more workers than the capacity of the pool? Then the library lost some: look for a newer version.',
      'Is the expiry of idle workers switched off or very long?',
    ],
    example: {
      before:
        'func handle(jobs []func()) {\n\tp, _ := ants.NewPool(8)\n\tfor _, j := range jobs {\n\t\tp.Submit(j)\n\t}\n}',
      after:
        'var pool, _ = ants.NewPool(64) // one for all\n\nfunc handle(jobs []func()) {\n\tfor _, j := range jobs {\n\t\tpool.Submit(j)\n\t}\n}',
    },
    sources: ['panjf2000/ants#8'],
  },
  {
    kind: 'leak',
    id: 'L41',
    title: 'WaitGroup that never reaches zero',
    family: 'pool',
    grade: 'moderate',
    states: ['wait group'],
    stacks: [{ frames: [['sync.(*WaitGroup).Wait']], without: ['main.main'] }],
    needs: { count: 2, growthOrAge: true, orMinutes: 5 },
    meaning:
      'They wait for goroutines of theirs that forgot Done, or that wait themselves; in the second case the cause is where those stand.',
    check: [
      'Are the goroutines they started still there? Then look at what those wait for.',
      'Is Done deferred at the start of each, so that an early return or panic cannot skip it?',
      'Is Add called before the goroutine starts, and once for each?',
      'Is the WaitGroup passed by value somewhere? A copy is counted down alone.',
      'With errgroup: does every function return when the context of the group is done?',
    ],
    example: {
      before:
        'for _, c := range chunks {\n\twg.Add(1)\n\tgo func() {\n\t\tif len(c) == 0 {\n\t\t\treturn // Done is missing\n\t\t}\n\t\twrite(c)\n\t\twg.Done()\n\t}()\n}\nwg.Wait()',
      after:
        'for _, c := range chunks {\n\twg.Add(1)\n\tgo func() {\n\t\tdefer wg.Done()\n\t\tif len(c) == 0 {\n\t\t\treturn\n\t\t}\n\t\twrite(c)\n\t}()\n}\nwg.Wait()',
    },
    sources: ['HDT3213/godis#70', 'GoBench: Moby25348', 'golang.org/x/sync/errgroup#6'],
  },
  {
    kind: 'leak',
    id: 'L42',
    title: 'condition that nobody signals',
    family: 'pool',
    grade: 'moderate',
    states: ['cond'],
    stacks: [{ top: [USER], frames: [['sync.(*Cond).Wait']] }],
    needs: { growth: true },
    meaning:
      'They wait on a condition variable and become more: the signal came before the wait, or woke one where all should wake.',
    check: [
      'Is the condition checked in a loop before each Wait, under the lock?',
      'Is the state changed under the lock before Signal or Broadcast?',
      'Does one Signal have to wake several? Then it must be Broadcast.',
      'Does a stop or close broadcast, and does the loop look for it?',
      'Are these consumers that wait for work, one set for each object made? Then who stops them?',
    ],
    example: {
      before: 'm.Lock()\nm.full.Wait() // the signal may have been before\nmail := m.take()\nm.Unlock()',
      after: 'm.Lock()\nfor m.empty() && !m.closed {\n\tm.full.Wait()\n}\nmail := m.take()\nm.Unlock()',
    },
    sources: ['GoBench: Kubernetes58107', 'sync/cond.go'],
  },
  {
    kind: 'leak',
    id: 'L36',
    title: 'requests wait to put work into a queue',
    family: 'pool',
    grade: 'strong',
    states: ['chan send'],
    stacks: [{ top: [USER], frames: [SERVER_FRAMES] }],
    needs: { growthOrAge: true, orMinutes: 5 },
    generic: true,
    meaning:
      'Handlers of requests stand in a channel send: the queue is full and its workers have ended, hang or cannot keep up.',
    check: [
      'Are the workers of the queue still there? Look for receives in the same package.',
      'Can a worker end on an error or a panic without being replaced?',
      'What do the workers wait for: a lock, a database, a channel that nobody reads?',
      'Does the send give up with the request (select with ctx.Done), and is the caller told that the queue is full?',
      'Is the queue stopped before the server is?',
    ],
    example: {
      before: 'func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {\n\ts.jobs <- jobOf(r)\n}',
      after:
        'func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {\n\tselect {\n\tcase s.jobs <- jobOf(r):\n\tcase <-r.Context().Done():\n\tcase <-s.stopped:\n\t\thttp.Error(w, "stopping", http.StatusServiceUnavailable)\n\t}\n}',
    },
    sources: ['oasisprotocol/oasis-core#5008', 'opa-control-plane#368'],
  },
  {
    kind: 'leak',
    id: 'L38',
    title: 'workers that no stop reaches',
    family: 'pool',
    grade: 'moderate',
    states: ['select'],
    stacks: [{ top: WORKERS }],
    needs: { growth: true },
    generic: true,
    meaning:
      'By their name these are workers. They wait for work or for a stop, and become more: pools are made and not stopped, or a stop reaches one of several workers.',
    check: [
      'Is the stop channel closed, which wakes every worker, or sent to once?',
      'Is Stop or Close called for each pool that was made?',
      'Is a pool made for each request or tenant instead of one for the process?',
      'Do they come in packs of one size and age? That is the size of the pool.',
      'Can the function that stops them return before it has reached all?',
    ],
    example: {
      before: 'func (p *Pool) Stop() { p.quit <- struct{}{} } // wakes one worker',
      after: 'func (p *Pool) Stop() { p.once.Do(func() { close(p.quit) }) } // wakes all',
    },
    sources: ['go-co-op/gocron#837', 'LeakProf (arXiv 2312.12002): MethodContractViolation'],
  },
  {
    kind: 'leak',
    id: 'L35',
    title: 'receive from a channel that nobody closes',
    family: 'pool',
    grade: 'moderate',
    states: ['chan receive'],
    stacks: [{ top: [USER] }],
    needs: { growth: true },
    generic: true,
    meaning:
      'They wait for the next value of a channel and become more: workers of a queue that was never closed, or listeners whose sender is gone.',
    check: [
      'Who owns closing the channel, and does every path of it do so (defer close(jobs) where the sends are)?',
      'Is a set of workers made for each request or object? Packs of one size and age are one pool each.',
      'Can the sender return early, at an error, without closing?',
      'Is it <-ctx.Done() of a context that nobody cancels?',
      'Is it the channel of a ticker? Stop does not close it.',
      'Is a stop signal sent once though several listen? Close the channel instead.',
    ],
    example: {
      before: 'jobs := make(chan Job)\nfor range 4 {\n\tgo work(jobs)\n}\nfor _, j := range all {\n\tjobs <- j\n}',
      after:
        'jobs := make(chan Job)\nfor range 4 {\n\tgo work(jobs)\n}\nfor _, j := range all {\n\tjobs <- j\n}\nclose(jobs) // ends the workers',
    },
    sources: [
      'LeakProf (arXiv 2312.12002): NoCloseRange',
      'godet#38',
      'decred/dcrdata#329',
      'oasisprotocol/oasis-core#5008',
    ],
  },
];
