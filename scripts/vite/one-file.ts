import { readFileSync } from 'node:fs';
import { type Plugin, parseSync } from 'vite';
import { asInlineScript, asInlineStyle, composePage } from '../../src/investigation/one-file.ts';
import { oneFilePolicy } from './policy.ts';

const INDEX = new URL('../../index.html', import.meta.url);

/** Makes the one script and the one style sheet of a build into `fileName`, the page as one HTML file. */
export function oneFile(fileName: string): Plugin {
  return {
    name: 'one-file',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        let script: string | null = null;
        let style: string | null = null;
        for (const [name, file] of Object.entries(bundle)) {
          if (file.type === 'chunk' && script === null) script = asInlineScript(file.code);
          else if (file.type === 'asset' && name.endsWith('.css') && style === null) {
            style = asInlineStyle(Buffer.from(file.source).toString('utf8'));
          } else this.error(`${name} is left over: the page as one file has one script and one style sheet`);
          delete bundle[name];
        }
        if (script === null || style === null) return this.error('the build gave no script or no style sheet');
        // An escape outside of strings, templates and regular expressions would be another program.
        const { errors } = parseSync('page.js', script, { sourceType: 'module' });
        if (errors.length > 0) this.error(`the script cannot be written between tags: ${errors[0]?.message}`);
        // HTML reads these as something else, and the hashes would not be those of what was read.
        if (/[\0\r]/.test(script + style)) this.error('the script or the style sheet holds a raw NUL or CR');
        const source = composePage(readFileSync(INDEX, 'utf8'), {
          script,
          style,
          policy: oneFilePolicy(script, style),
        });
        this.emitFile({ type: 'asset', fileName, source });
      },
    },
  };
}
