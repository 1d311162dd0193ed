import type { Rule } from '../rule.ts';
import { BENIGN_GRPC } from './benign-grpc.ts';
import { BENIGN_HTTP } from './benign-http.ts';
import { BENIGN_KUBERNETES } from './benign-kubernetes.ts';
import { BENIGN_OTHERS } from './benign-others.ts';
import { BENIGN_RUNTIME } from './benign-runtime.ts';
import { BENIGN_SQL } from './benign-sql.ts';
import { BENIGN_TELEMETRY } from './benign-telemetry.ts';
import { CANCEL_LEAKS } from './cancel.ts';
import { LOCK_LEAKS } from './lock.ts';
import { LOOP_LEAKS } from './loop.ts';
import { NETWORK_LEAKS } from './network.ts';
import { POOL_LEAKS } from './pool.ts';
import { PROVEN_LEAKS } from './proven.ts';
import { SEND_LEAKS } from './send.ts';

/** All shipped rules. Their order decides only between rules that say equally much of a stack. */
export const ALL_RULES: readonly Rule[] = [
  ...PROVEN_LEAKS,
  ...SEND_LEAKS,
  ...CANCEL_LEAKS,
  ...LOOP_LEAKS,
  ...POOL_LEAKS,
  ...LOCK_LEAKS,
  ...NETWORK_LEAKS,
  ...BENIGN_RUNTIME,
  ...BENIGN_HTTP,
  ...BENIGN_SQL,
  ...BENIGN_GRPC,
  ...BENIGN_KUBERNETES,
  ...BENIGN_TELEMETRY,
  ...BENIGN_OTHERS,
];

/** Own rules, then the shipped ones; an own rule takes the place of a shipped one with its id, so that an id means one rule. */
export function withShipped(ownRules: readonly Rule[]): readonly Rule[] {
  const own = new Set(ownRules.map(({ id }) => id));
  return own.size === 0 ? ALL_RULES : [...ownRules, ...ALL_RULES.filter(({ id }) => !own.has(id))];
}
