import { expect, it } from 'vitest';
import { instanceFromPath } from '../../../../src/core/read/containers/place-names.ts';
import { takenAtFromName } from '../../../../src/core/read/taken-at.ts';

it.each([
  ['cluster-dump/shop/orders-7f9c5d8b4-x2x4q/logs.txt', 'orders-7f9c5d8b4-x2x4q'],
  ['cluster-dump/shop/orders-7f9c5d8b4-x2x4q/app/logs.txt', 'orders-7f9c5d8b4-x2x4q'],
  ['bundle.tar.gz/var/log/pods/shop_orders-0_0f3c8e0e-1111-2222-3333-444455556666/app/0.log', 'orders-0'],
  [`var/log/containers/orders-0_shop_app-${'a1'.repeat(32)}.log`, 'orders-0'],
  ['must-gather/namespaces/shop/pods/orders-0/app/app/logs/current.log', 'orders-0'],
  ['debug.zip/debug/nodes/1/stacks.txt', 'node 1'],
  ['debug.zip/debug/nodes/12/stacks_with_labels.txt', 'node 12'],
  ['nomad/server/leader/goroutine-debug2_0000.txt', 'leader'],
  ['orders-7f9c5d8b4-x2x4q/before.txt', 'orders-7f9c5d8b4-x2x4q'],
  ['orders-7f9c5d8b4-x2x4q.txt', 'orders-7f9c5d8b4-x2x4q'],
  ['dumps/orders-7f9c5d8b4-x2x4q-before.txt', 'orders-7f9c5d8b4-x2x4q'],
  ['before-orders-7f9c5d8b4-x2x4q.txt', 'orders-7f9c5d8b4-x2x4q'],
  ['orders-api-67bcd84f9d-h8k2p_2026-11-23T02-41-07Z.debug2.txt.gz', 'orders-api-67bcd84f9d-h8k2p'],
  ['10.2.3.4_6060.txt', '10.2.3.4:6060'],
  ['goroutines-10.2.3.4-before.txt', '10.2.3.4'],
  ['orders-20261123-after.txt', null],
  ['orders-snapshot-after.txt', null],
  ['orders-2026.11.23.02.txt', null],
  ['go1.26.8.4567.txt', null],
  [`${'a-'.repeat(50_000)}.txt`, null],
  ['dumps/before.txt', null],
  ['incident-2026-11-23/after.txt', null],
  ['before.txt', null],
  ['tmp/server.txt', null],
  ['../../etc/passwd', null],
])('%s is of %s', (path, instance) => {
  expect(instanceFromPath(path)).toBe(instance);
});

it.each([
  ['goroutine-stacks-2024-05-01T100000Z.log', '2024-05-01T10:00:00Z'],
  ['crio-goroutine-stacks-2024-05-01T100000Z.log', '2024-05-01T10:00:00Z'],
  ['goroutine_dump.2024-05-01T10_00_00.123.double_since_last_dump.000001234.txt.gz', '2024-05-01T10:00:00.123Z'],
  ['consul-debug-2024-05-01T10-00-00Z', '2024-05-01T10:00:00Z'],
])('%s was taken at %s', (name, time) => {
  expect(takenAtFromName(name)).toBe(Date.parse(time));
});
