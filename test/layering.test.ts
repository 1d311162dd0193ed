import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const MAX_LINES = 400;
const MAX_README_LINES = 10;

/** Third-party decoders without platform names: the only packages that core may use. */
const DECODERS = ['fflate', 'fzstd', 'modern-tar', 'pprof-format'];
const REACT = ['react', 'react-dom', 'react-error-boundary'];

interface Rule {
  /** Rooms whose values and types may be imported. */
  readonly rooms: readonly string[];
  /** Rooms of which only types may be imported; of core's rooms constants in capitals, too. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}

const CORE_ROOMS = [
  'words',
  'model',
  'read',
  'group',
  'compare',
  'trend',
  'causes',
  'triage',
  'query',
  'flame',
  'report',
].map((room) => `core/${room}`);

/**
 * DESIGN 3: views → store → worker client → (thread) → worker reader and analyst → core, and ui below views. A room may
 * always import from itself. A room that is not here may import nothing, so a new one must be put in.
 */
const RULES: Readonly<Record<string, Rule>> = {
  main: {
    rooms: ['page', 'views', 'store', 'ui', 'worker/client', 'worker/protocol'],
    types: CORE_ROOMS,
    packages: REACT,
  },
  page: { rooms: ['investigation', 'ui', 'core/source'], types: ['store'], packages: ['idb'] },
  views: {
    rooms: [
      'store',
      'ui',
      'core/words',
      'core/group',
      'core/triage',
      'core/query',
      'core/flame',
      'core/source',
      'worker/protocol',
      'investigation',
    ],
    types: CORE_ROOMS,
    packages: [...REACT, '@tanstack/react-table', '@tanstack/react-virtual', 'recharts', 'zustand'],
  },
  ui: { rooms: ['core/words'], types: CORE_ROOMS, packages: REACT },
  store: {
    rooms: ['core/group', 'core/triage', 'core/query', 'core/flame', 'core/source', 'worker/protocol', 'investigation'],
    types: [...CORE_ROOMS, 'worker/client'],
    packages: ['react', 'zustand'],
  },
  'worker/client': { rooms: ['worker/protocol'], types: [...CORE_ROOMS, 'investigation'] },
  'worker/protocol': { rooms: [], types: [...CORE_ROOMS, 'investigation'] },
  'worker/thread': { rooms: ['worker/protocol', 'investigation', ...CORE_ROOMS] },
  investigation: {
    rooms: ['core/words', 'core/model', 'core/group', 'core/triage'],
    types: CORE_ROOMS,
    packages: ['fflate'],
  },
  command: { rooms: ['investigation', ...CORE_ROOMS], packages: ['node:'] },
  'core/words': { rooms: [] },
  'core/model': { rooms: [], packages: DECODERS },
  'core/read': { rooms: ['core/model'], packages: DECODERS },
  'core/group': { rooms: ['core/model'], packages: DECODERS },
  'core/compare': { rooms: ['core/model', 'core/group'], packages: DECODERS },
  'core/trend': { rooms: ['core/words', 'core/model', 'core/group', 'core/compare'] },
  'core/causes': { rooms: ['core/words', 'core/model', 'core/group', 'core/compare', 'core/trend'] },
  'core/query': { rooms: ['core/model', 'core/group'] },
  'core/flame': { rooms: ['core/model', 'core/group'] },
  'core/source': { rooms: ['core/group'] },
  'core/triage': { rooms: ['core/model', 'core/group', 'core/causes'] },
  'core/report': { rooms: CORE_ROOMS, packages: DECODERS },
};

/** Files of worker that run on the page, and what crosses; the others run in the thread. */
const PAGE_SIDE: Readonly<Record<string, string>> = {
  protocol: 'worker/protocol',
  messages: 'worker/protocol',
  'packed-texts': 'worker/protocol',
  client: 'worker/client',
  'analyst-link': 'worker/client',
  'reader-pool': 'worker/client',
  'helper-pool': 'worker/client',
  'worker-like': 'worker/client',
  'make-worker': 'worker/client',
  'lazy-worker': 'worker/client',
};

/** The room of a file; `path` is relative to src. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  if (first === path) return basename(path).replace(/\.\w+$/, '');
  if (first === 'core') return `core/${second}`;
  if (first !== 'worker') return first;
  const name = second.replace(/\.\w+$/, '');
  return PAGE_SIDE[name] ?? 'worker/thread';
}

interface Import {
  readonly source: string;
  /** `constants`: types and constants in capitals (UNKNOWN_STATE), which run nothing. */
  readonly what: 'types' | 'constants' | 'values';
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

function parse(path: string, code: string): Node[] {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const body: readonly unknown[] = program.body;
  return body.filter(isNode);
}

function sourceOf(node: Node): string | null {
  return isNode(node.source) && typeof node.source.value === 'string' ? node.source.value : null;
}

function whatIs(node: Node): Import['what'] {
  const isType = (one: Node): boolean => one.importKind === 'type' || one.exportKind === 'type';
  if (node.type === 'TSImportType' || isType(node)) return 'types';
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
  const values = specifiers.filter((one) => !isType(one));
  if (specifiers.length === 0) return 'values';
  if (values.length === 0) return 'types';
  const names = values.map((one) => (isNode(one.imported) ? String(one.imported.name) : ''));
  return names.every((name) => /^[A-Z][A-Z0-9_]*$/.test(name)) ? 'constants' : 'values';
}

/** Static, dynamic and type imports and re-exports, wherever they stand. */
function importsOf(path: string, code: string): Import[] {
  const found: Import[] = [];
  const visit = (node: Node): void => {
    const source = sourceOf(node);
    if (source !== null) {
      found.push({ source, what: whatIs(node) });
    } else if (node.type === 'ImportExpression') {
      found.push({ source: '(computed)', what: 'values' });
    }
    for (const child of childrenOf(node)) visit(child);
  };
  for (const node of parse(path, code)) visit(node);
  return found;
}

/** Why an import is against the arrows, or null. */
function objection(path: string, { source, what }: Import): string | null {
  const room = roomOf(path);
  const rule = RULES[room] ?? { rooms: [] };
  if (!source.startsWith('.')) {
    const allowed = (rule.packages ?? []).some(
      (name) => source === name || source.startsWith(name.endsWith(':') ? name : `${name}/`),
    );
    return allowed ? null : `${path}: ${room} may not use the package ${source}`;
  }
  const [file = '', query] = source.split('?');
  const target = roomOf(posix.join(posix.dirname(path), file));
  // The step into the thread: only the client takes it, and only by starting a worker.
  if (query !== undefined) {
    const startsThread = room === 'worker/client' && target === 'worker/thread' && query.startsWith('worker');
    return startsThread ? null : `${path}: only worker/client may import with a query (${source})`;
  }
  if (target === room || rule.rooms.includes(target)) return null;
  if (rule.types?.includes(target)) {
    const harmless = what === 'types' || (what === 'constants' && CORE_ROOMS.includes(target));
    return harmless ? null : `${path}: ${room} may import only types of ${target}`;
  }
  return `${path}: ${room} may not import ${target} (${source})`;
}

function objections(path: string, code: string): string[] {
  return importsOf(path, code).flatMap((one) => objection(path, one) ?? []);
}

const PLATFORM = ['window', 'location', 'document', 'navigator', 'Worker'];
const RUNS_LATER = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const TYPE_WITH_VALUE = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'];

/** Names of the page that are read while the module is imported: outside of functions, methods and types. */
function readWhileImported(path: string, code: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    const type = String(node.type);
    if (RUNS_LATER.includes(type)) return;
    if (type === 'PropertyDefinition' && node.static !== true) return;
    if (type.startsWith('TS') && !TYPE_WITH_VALUE.includes(type)) return;
    if (type === 'Identifier' && PLATFORM.includes(String(node.name))) found.push(`${path}: ${String(node.name)}`);
    const skipped =
      type === 'MemberExpression' && node.computed === false && !isGlobalObject(node.object)
        ? node.property
        : type === 'Property' && node.computed === false
          ? node.key
          : null;
    for (const child of childrenOf(node)) if (child !== skipped) visit(child);
  };
  for (const node of parse(path, code)) if (!/^(Import|ExportAll)/.test(String(node.type))) visit(node);
  return found;
}

function isGlobalObject(node: unknown): boolean {
  return isNode(node) && ['globalThis', 'self'].includes(String(node.name));
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.\w+$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));
const modules = files.filter(({ path }) => /\.tsx?$/.test(path));

describe('the rooms of src', () => {
  test('every import follows the arrows', () => {
    expect(modules.length).toBeGreaterThan(0);
    expect(modules.flatMap(({ path, text }) => objections(path, text))).toEqual([]);
  });

  test('nothing but main reads the page while it is imported', () => {
    const found = modules.filter(({ path }) => path !== 'main.tsx').flatMap((m) => readWhileImported(m.path, m.text));
    expect(found).toEqual([]);
  });

  test('every room has a README of at most ten lines', () => {
    const rooms = [...new Set(files.flatMap(({ path }) => /^(?:core\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []))];
    const lines = new Map(files.map(({ path, text }) => [path, text.trimEnd().split('\n').length]));
    const bad = ['core', ...rooms].filter(
      (room) => !((lines.get(`${room}/README.md`) ?? Infinity) <= MAX_README_LINES),
    );
    expect(rooms).toContain('core/model');
    expect(bad).toEqual([]);
  });

  test(`no file is longer than ${MAX_LINES} lines`, () => {
    const long = files.filter(({ text }) => text.trimEnd().split('\n').length > MAX_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});

describe('the check itself', () => {
  test.each([
    ['core/read/a.ts', "import { x } from '../group/levels.ts'", 'core/read may not import core/group'],
    ['core/model/a.ts', "export { x } from '../../worker/protocol.ts'", 'core/model may not import worker/protocol'],
    ['core/read/a.ts', "import type { x } from '../../store/state.ts'", 'core/read may not import store'],
    ['core/group/a.ts', "import { join } from 'node:path'", 'may not use the package node:path'],
    ['core/group/a.ts', "import { useMemo } from 'react'", 'may not use the package react'],
    ['views/groups/A.tsx', "import { x } from '../../core/read/peek.ts'", 'may import only types of core/read'],
    ['views/groups/A.tsx', "import { type T, x } from '../../core/model/dump.ts'", 'only types of core/model'],
    ['views/groups/A.tsx', "const later = () => import('../../worker/client.ts')", 'may not import worker/client'],
    ['views/groups/A.tsx', 'const later = (name: string) => import(name)', 'may not use the package (computed)'],
    ['store/actions.ts', "import { x } from '../worker/client.ts'", 'may import only types of worker/client'],
    ['store/actions.ts', "import { LIMIT } from '../worker/client.ts'", 'may import only types of worker/client'],
    ['views/words.ts', "import { LIMIT, limit } from '../core/model/rows.ts'", 'may import only types of core/model'],
    ['views/words.ts', "import '../core/model/rows.ts'", 'may import only types of core/model'],
    ['store/actions.ts', "import W from '../worker/entry.ts?worker&inline'", 'only worker/client may import'],
    ['store/actions.ts', "let x: import('../views/App.tsx').T", 'store may not import views'],
    ['worker/client.ts', "import { x } from './analyst.ts'", 'worker/client may not import worker/thread'],
    ['worker/analyst.ts', "import '../command/analyze.ts'", 'worker/thread may not import command'],
    ['ui/Dialog.tsx', "import { x } from '../store/state.ts'", 'ui may not import store'],
    ['surprise/a.ts', "import type { x } from '../core/model/dump.ts'", 'surprise may not import core/model'],
  ])('%s is refused %s', (path, code, why) => {
    expect(objections(path, code)).toEqual([expect.stringContaining(why)]);
  });

  test.each([
    ['core/report/a.ts', "import { x } from '../trend/series.ts'"],
    ['core/read/formats/pprof.ts', "import { Profile } from 'pprof-format'"],
    ['views/timeline/A.tsx', "import { type Dump } from '../../core/model/dump.ts'"],
    ['views/words.ts', "import { type T, UNKNOWN_STATE } from '../core/model/symbols.ts'"],
    ['views/timeline/A.tsx', "const Chart = lazy(() => import('./Chart.tsx'))"],
    ['worker/client.ts', "import W from './entry.ts?worker&inline'"],
    ['command/analyze.ts', "import { readFile } from 'node:fs/promises'"],
  ])('%s is allowed %s', (path, code) => {
    expect(objections(path, code)).toEqual([]);
  });

  test.each([
    ['const width = window.innerWidth;'],
    ['export const hash = globalThis.location.hash;'],
    ['class A { static dark = document.body; }'],
    ['const worker = new Worker(url);'],
    ['if (navigator.onLine) start();'],
    ['const root = document.body as HTMLElement;'],
  ])('%s reads the page while it is imported', (code) => {
    expect(readWhileImported('a.ts', code)).toHaveLength(1);
  });

  test.each([
    ['const width = () => window.innerWidth;'],
    ['function f() { return document.title; }'],
    ['class A { here = location.href; go() { navigator.share(); } }'],
    ['type W = typeof window; interface I { location: string }'],
    ["const frame = { location: 'a' }; const file = frame.location;"],
  ])('%s reads nothing of the page while it is imported', (code) => {
    expect(readWhileImported('a.ts', code)).toEqual([]);
  });
});
