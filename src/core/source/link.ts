import { type PrintedFrame, resolveFrame, type SourcePlace } from './resolve.ts';
import { HOSTS, repositoryOf } from './templates.ts';

/** What a user says of a module. */
export interface SourceRule {
  /** Import paths that begin so: `example.com/orders`. `*` is all others. */
  readonly prefix: string;
  /** Address with {repo} {module} {version} {ref} {path} {file} {line} in it; they are written as a part of an address. */
  readonly template: string;
  /** Commit, tag or branch; '' for the one that the path tells, else HEAD. */
  readonly ref: string;
}

export const RULE_TEXT = 500;
/** Schemes that open code and run nothing. */
const SCHEMES: readonly string[] = [
  'https:',
  'http:',
  'vscode:',
  'vscode-insiders:',
  'vscodium:',
  'cursor:',
  'zed:',
  'idea:',
  'jetbrains:',
];
/** An address of the web with its host, and nobody's name before it. */
const WRITTEN_HOST = /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#]|$)/i;
const PLACEHOLDERS: readonly string[] = ['repo', 'module', 'version', 'ref', 'path', 'file', 'line'];

/** Why a rule cannot be used, in a sentence; null when it can. */
export function problemOf({ prefix, template, ref }: SourceRule): string | null {
  if (prefix !== '*' && !/^[\w.~-]+(?:\/[\w.~-]+)*\/?$/.test(prefix)) {
    return 'The module is an import path such as example.com/orders, or * for all.';
  }
  if ([prefix, template, ref].some((text) => text.length > RULE_TEXT)) return `Each may have ${RULE_TEXT} characters.`;
  const scheme = /^([a-z][a-z0-9+.-]*:)/i.exec(template)?.[1]?.toLowerCase();
  if (scheme === undefined || !SCHEMES.includes(scheme)) {
    return `The template is an address that begins with ${SCHEMES.join(', ')}.`;
  }
  const unknown = [...template.matchAll(/\{([^}]*)\}/g)]
    .map(([, name = '']) => name)
    .find((name) => !PLACEHOLDERS.includes(name));
  if (unknown !== undefined)
    return `There is no {${unknown}}; there are ${PLACEHOLDERS.map((name) => `{${name}}`).join(' ')}.`;
  // What a dump prints must not choose whom a click goes to. Browsers take any number of slashes before a host, and none.
  const isWritten = WRITTEN_HOST.test(template);
  if (/^https?:/i.test(template) && !isWritten && !/^https:\/\/\{repo\}\//.test(template)) {
    return 'The host must be written out behind https://, not filled in.';
  }
  return null;
}

/** Address of a frame's code, by the rule with the longest module that fits, else on the public host it is of; null for none. */
export function sourceLink(frame: PrintedFrame, rules: readonly SourceRule[]): string | null {
  const place = resolveFrame(frame);
  const rule = ruleFor(place, rules);
  if (rule !== null) return fill(rule.template, valuesBy(rule, place, frame));
  if (place === null) return null;
  if (place.standard !== null) {
    const ref = place.standard.version ?? 'master';
    return fill('https://github.com/golang/go/blob/{ref}/{path}#L{line}', {
      ref,
      path: `src/${place.directory}/${place.file}`,
      line: String(place.line),
    });
  }
  const repository = repositoryOf(place.directory);
  if (repository === null) return null;
  const host = HOSTS.find((one) => repository.repo.startsWith(`${one.host}/`));
  if (host === undefined) return null;
  return fill(host.template, valuesOf(place, repository, ''));
}

function ruleFor(place: SourcePlace | null, rules: readonly SourceRule[]): SourceRule | null {
  const fits = rules.filter((rule) => {
    if (problemOf(rule) !== null) return false;
    if (rule.prefix === '*') return place === null || place.standard === null;
    const prefix = rule.prefix.replace(/\/$/, '');
    return place !== null && (place.directory === prefix || place.directory.startsWith(`${prefix}/`));
  });
  return fits.sort((a, b) => lengthOf(b) - lengthOf(a))[0] ?? null;
}

function lengthOf({ prefix }: SourceRule): number {
  return prefix === '*' ? 0 : prefix.length;
}

type Values = Readonly<Partial<Record<string, string>>>;

function valuesBy(rule: SourceRule, place: SourcePlace | null, frame: PrintedFrame): Values {
  if (place === null)
    return {
      file: frame.file,
      path: frame.file.replace(/^\/+/, ''),
      line: String(frame.line),
      ref: rule.ref || 'HEAD',
    };
  const prefix = rule.prefix === '*' ? '' : rule.prefix.replace(/\/$/, '');
  const repository = repositoryOf(place.directory);
  const folder =
    prefix === ''
      ? (repository?.folder ?? place.directory)
      : place.directory
          .slice(prefix.length)
          .replace(/^\/+/, '')
          .replace(/^v\d+(?:\/|$)/, '');
  const repo = repository?.repo ?? prefix;
  return { ...valuesOf(place, { repo, folder }, rule.ref), module: prefix || repo };
}

function valuesOf(
  place: SourcePlace,
  { repo, folder }: { readonly repo: string; readonly folder: string },
  ref: string,
): Values {
  const version = place.module?.version ?? '';
  return {
    repo,
    module: place.module?.path ?? repo,
    version,
    ref: ref || refOf(place, repo) || 'HEAD',
    path: folder === '' ? place.file : `${folder}/${place.file}`,
    file: place.printed,
    line: String(place.line),
  };
}

/** Tag or commit of a module version: of a pseudo-version its commit; of a module in a folder of its repository `folder/v1.2.3`. */
function refOf({ module }: SourcePlace, repo: string): string {
  if (module === null) return '';
  const version = module.version.replace(/\+incompatible$/, '');
  const pseudo = /-(?:0\.)?\d{14}-([0-9a-f]{12})$/.exec(version) ?? /\.\d{14}-([0-9a-f]{12})$/.exec(version);
  if (pseudo?.[1] !== undefined) return pseudo[1];
  const inside = repositoryOf(module.path)?.folder.replace(/\/?v\d+$/, '') ?? '';
  return repo !== '' && inside !== '' ? `${inside}/${version}` : version;
}

/** The template with values in it, each written as a part of an address; null when what comes out is no safe address. */
function fill(template: string, values: Values): string | null {
  const address = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeValue(values[name] ?? ''));
  const scheme = /^([a-z][a-z0-9+.-]*:)/.exec(address.toLowerCase())?.[1];
  if (scheme === undefined || !SCHEMES.includes(scheme) || /[\s"'<>\\]/.test(address)) return null;
  return scheme.startsWith('http') && !WRITTEN_HOST.test(address) ? null : address;
}

/** Slashes part folders; everything else that means something in an address is written out of harm's way. */
function encodeValue(value: string): string {
  return value
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => (part === '.' || part === '..' ? '' : encodeURIComponent(part)))
    .join('/')
    .replaceAll('%40', '@');
}
