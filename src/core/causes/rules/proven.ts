import type { LeakRule } from '../rule.ts';

/**
 * Leaks that the runtime proves. L59 says nothing of the cause, so every rule that does stands before it.
 */
export const PROVEN_LEAKS: readonly LeakRule[] = [
  {
    kind: 'leak',
    id: 'L59',
    title: 'proven leak',
    family: 'proven',
    grade: 'proven',
    states: [],
    stacks: [{}],
    needs: { leaked: true },
    meaning:
      'The garbage collector found that nothing in the program can reach what they wait for: they can never go on.',
    check: [
      'Who was to wake them, and where did that return? Look at who created them, one frame up.',
      'Is it a channel: who sends, receives or closes, and on which path does it not?',
      'Is it a lock or a WaitGroup: who was to unlock it or to call Done?',
      'Are there more like these that a global keeps reachable? Those are not marked.',
    ],
    example: {
      before:
        'done := make(chan struct{})\ngo func() { work(); done <- struct{}{} }()\nselect {\ncase <-done:\ncase <-ctx.Done():\n\treturn ctx.Err() // done is out of reach now\n}',
      after:
        'done := make(chan struct{}, 1)\ngo func() { work(); done <- struct{}{} }()\nselect {\ncase <-done:\ncase <-ctx.Done():\n\treturn ctx.Err()\n}',
    },
    sources: ['Go 1.27 release notes: goroutineleak profile', 'runtime/pprof goroutineleakprofile_test.go'],
    versions: 'Go 1.26 (experiment), 1.27 on',
  },
];
