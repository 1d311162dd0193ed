import type { StackPattern } from '../rule.ts';

/** Shapes that a benign rule and the leak rule it becomes have in common. */

/** A name being resolved: by the Go resolver, by the C library, and the caller who waits. Go 1.19 to 1.27. */
export const NAME_RESOLUTION: readonly StackPattern[] = [
  { frames: [['net.(*Resolver).lookupIPAddr.func']], createdBy: ['internal/singleflight.(*Group).DoChan'] },
  {
    frames: [['net.(*Resolver).goLookupIPCNAMEOrder.func']],
    createdBy: ['net.(*Resolver).goLookupIPCNAMEOrder*'],
  },
  { frames: [['net.cgoLookup*', 'net._C2func_getaddrinfo', 'net._C_getaddrinfo*', 'net.doBlockingWithCtx*']] },
  { top: ['net.(*Resolver).lookupIPAddr'] },
];
