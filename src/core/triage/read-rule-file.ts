import type { Rule } from '../causes/rule.ts';
import {
  describe,
  FieldError,
  Fields,
  identifier,
  listOf,
  oneOf,
  orNull,
  plainList,
  type Read,
  text,
} from './fields.ts';
import { MARK_KINDS, MAX_NOTE, MAX_PATTERN_FRAMES, MAX_PATTERN_NAME, type Mark } from './marks.ts';
import { patternsIn, RULE_LIMITS, toRule } from './rule-fields.ts';
import { RULE_FILE_LIMITS, RULE_FILE_SCHEMA, type RuleFile } from './rule-file.ts';

/** A file that is read, or what is wrong with it: sentences, each with the path of a field. */
export type ParsedRuleFile =
  | { readonly kind: 'file'; readonly file: RuleFile }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** A file as JSON gives it; versions differ in what its fields hold. */
export type RuleDocument = Readonly<Record<string, unknown>>;

/**
 * RULE_FILE_VERSION - 1 steps. Step n makes a document of version n + 1 from one of version n; a file of an old version takes all steps that follow.
 * There was no version before the first.
 */
const UPGRADERS: readonly ((document: RuleDocument) => RuleDocument)[] = [];

/** Where a rule file says so at its beginning, it is one even when the rest is broken. */
const BEGINNING = /^\ufeff?\s*\{\s*(?:"\$schema"\s*:\s*"[^"\\]{0,500}"\s*,\s*)?"schema"\s*:\s*"standstill\/rules@/;
const ANYWHERE = /"schema"\s*:\s*"standstill\/rules@/;

/** How much of a file shows whether it is worth reading whole. */
export const RULE_FILE_HEAD = 1024;

/** Whether text that begins like this may be a rule file: it is one JSON object. */
export function mayBeRuleFile(head: string): boolean {
  return /^\ufeff?\s*\{/.test(head);
}

/** Whether it is a rule file for certain, however broken the rest is. */
export function beginsLikeRuleFile(head: string): boolean {
  return BEGINNING.test(head);
}

/**
 * What a text holds as a rule file; null when it is none. Lines of JSON logs are several documents, and no other
 * document has this schema, so a dump is never taken for one. Never throws.
 */
export function readRuleFile(source: string): ParsedRuleFile | null {
  const isOne = beginsLikeRuleFile(source.slice(0, RULE_FILE_HEAD));
  if (!isOne && !(mayBeRuleFile(source.slice(0, RULE_FILE_HEAD)) && ANYWHERE.test(source))) return null;
  const json = parseJson(source);
  if (json.kind === 'invalid') return isOne ? json : null;
  if (!isOne && !hasSchema(json.value)) return null;
  return parseRuleDocument(json.value);
}

function hasSchema(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    typeof value.schema === 'string' &&
    value.schema.startsWith(`${RULE_FILE_SCHEMA}@`)
  );
}

/** A JSON text, or what the engine says of it. */
function parseJson(
  source: string,
): { readonly kind: 'value'; readonly value: unknown } | Extract<ParsedRuleFile, { kind: 'invalid' }> {
  try {
    return { kind: 'value', value: JSON.parse(source.replace(/^\ufeff/, '')) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'invalid', problems: [`It is not valid JSON: ${why.slice(0, 300)}.`] };
  }
}

/** `upgraders` are handed in by tests only. Never throws. */
export function parseRuleDocument(value: unknown, upgraders = UPGRADERS): ParsedRuleFile {
  const problems: string[] = [];
  try {
    const file = toRuleFile(upgrade(value, upgraders), problems);
    return problems.length === 0 ? { kind: 'file', file } : { kind: 'invalid', problems };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return { kind: 'invalid', problems: [...problems, error.message] };
  }
}

/** Takes a document of any known version to the newest one. */
function upgrade(value: unknown, upgraders: typeof UPGRADERS): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FieldError('The file', describe(value), 'an object');
  }
  let document: RuleDocument = Object.fromEntries(Object.entries(value));
  const newest = upgraders.length + 1;
  const { schema } = document;
  const version = typeof schema === 'string' ? /^standstill\/rules@([1-9]\d{0,5})$/.exec(schema)?.[1] : undefined;
  if (version === undefined) throw new FieldError('schema', describe(schema), `"${RULE_FILE_SCHEMA}@${newest}"`);
  if (Number(version) > newest) {
    throw new FieldError(
      'schema',
      `version ${version} of the team rule file`,
      `at most version ${newest}: this page is older than the file, open it with a newer Standstill`,
    );
  }
  for (const step of upgraders.slice(Number(version) - 1)) document = step(document);
  return document;
}

function toRuleFile(value: unknown, problems: string[]): RuleFile {
  const fields = new Fields(value, '', ['$schema', 'schema', 'rules', 'marks']);
  fields.take('$schema', text(500, 0), '');
  const rules = readEach(fields, 'rules', RULE_FILE_LIMITS.rules, toRule, problems);
  const marks = readEach(fields, 'marks', RULE_FILE_LIMITS.marks, toMark, problems);
  const patterns = rules.reduce((sum, rule) => sum + patternsIn(rule), 0);
  if (patterns > RULE_FILE_LIMITS.patterns) {
    throw new FieldError('rules', `${patterns} function patterns`, `at most ${RULE_FILE_LIMITS.patterns} in all`);
  }
  return { rules, marks };
}

/** Reads each thing of a list by itself, so that several problems are told at once. */
function readEach<T extends { readonly id: string }>(
  fields: Fields,
  name: string,
  max: number,
  read: Read<T>,
  problems: string[],
): T[] {
  const list = fields.take(name, (value, path) => plainList(value, path, max), []);
  const ids = new Set<string>();
  const good: T[] = [];
  list.forEach((value, at) => {
    if (problems.length >= RULE_FILE_LIMITS.problems) return;
    const path = `${name}[${at}]`;
    try {
      const each = read(value, path);
      if (ids.has(each.id)) throw new FieldError(`${path}.id`, `${JSON.stringify(each.id)} again`, 'ids that differ');
      ids.add(each.id);
      good.push(each);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      problems.push(error.message);
    }
  });
  return good;
}

const name = text(MAX_PATTERN_NAME, 0);

const toMark: Read<Mark> = (value, path) => {
  const fields = new Fields(value, path, ['id', 'mark', 'name', 'note', 'states', 'frames', 'createdBy']);
  return {
    id: fields.need('id', identifier(RULE_LIMITS.id)),
    mark: fields.need('mark', oneOf(MARK_KINDS)),
    name: fields.need('name', name),
    note: fields.take('note', text(MAX_NOTE, 0), ''),
    states: fields.take('states', listOf(text(MAX_PATTERN_NAME), RULE_LIMITS.lists), []),
    frames: fields.need('frames', listOf(name, MAX_PATTERN_FRAMES)),
    createdBy: fields.take('createdBy', orNull(name), null),
  };
};

/** A rule, or what is wrong with it. */
export type ReadRule =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | Extract<ParsedRuleFile, { readonly kind: 'invalid' }>;

/** A rule written as JSON by itself, as the page's editor has it. Never throws. */
export function readRuleText(source: string): ReadRule {
  const json = parseJson(source);
  if (json.kind === 'invalid') return json;
  try {
    return { kind: 'rule', rule: toRule(json.value, 'rule') };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return { kind: 'invalid', problems: [error.message] };
  }
}
