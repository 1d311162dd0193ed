/**
 * The page as one HTML file: scripts, readers and styles inside it, and a place for an investigation. The build composes
 * it (scripts/vite/one-file.ts), and the file composes itself again when a report is made from it.
 */

/** Ids of the parts in the file, by which it finds them again. */
export const SCRIPT_ID = 'standstill-script';
export const STYLE_ID = 'standstill-style';
export const POLICY_ID = 'standstill-policy';
export const DATA_ID = 'standstill-data';

/** What index.html says in place of the script when it is served by Vite. */
const ENTRY = '<script type="module" src="/src/main.tsx"></script>';
const CHARSET = '<meta charset="utf-8" />';
const HEAD_END = '</head>';
/** A data block: browsers neither run it nor ask the page's policy about it. */
export const DATA_START = `<script type="application/octet-stream" id="${DATA_ID}">`;
export const DATA_END = '</script>';

export interface PageParts {
  /** As `asInlineScript` gives it. */
  readonly script: string;
  /** As `asInlineStyle` gives it. */
  readonly style: string;
  /** Content-Security-Policy that names the hashes of both. */
  readonly policy: string;
}

/** JavaScript as it may stand between script tags: the two things that HTML would see in it are written with an escape. */
export function asInlineScript(code: string): string {
  return code.replace(/<(?=!--|\/script)/gi, '\\x3c');
}

/** CSS as it may stand between style tags. */
export function asInlineStyle(css: string): string {
  return css.replace(/<(?=\/style)/gi, '\\3c ');
}

/** The page as one file without an investigation. `html` is index.html as it stands in the project; throws when it has changed its form. */
export function composePage(html: string, { script, style, policy }: PageParts): string {
  const inHead =
    `<style id="${STYLE_ID}">${style}</style>\n    ` + `<script type="module" id="${SCRIPT_ID}">${script}</script>\n  `;
  const withPolicy = put(
    html,
    CHARSET,
    `${CHARSET}\n    <meta http-equiv="Content-Security-Policy" id="${POLICY_ID}" content="${policy}" />`,
  );
  return put(put(withPolicy, ENTRY, `${DATA_START}${DATA_END}`), HEAD_END, `${inHead}${HEAD_END}`);
}

function put(html: string, at: string, instead: string): string {
  if (html.split(at).length !== 2) throw new Error(`index.html must hold exactly one ${at}`);
  return html.replace(at, () => instead);
}
