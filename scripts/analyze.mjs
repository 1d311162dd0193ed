#!/usr/bin/env node
// standstill, npm run -s analyze: runs the bundled command, building it first when it is missing or a source is newer.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BUNDLE, buildCommand } from './build-command.mjs';

/** Last change in a folder and below it, of folders too: those change when a file is removed. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  const below = readdirSync(path, { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? newest(join(path, entry.name)) : statSync(join(path, entry.name)).mtimeMs,
  );
  return Math.max(mtimeMs, ...below);
}

function isCurrent() {
  const built = statSync(BUNDLE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return ['../src/core', '../src/command', '../src/investigation'].every(
    (room) => newest(fileURLToPath(new URL(room, import.meta.url))) < built,
  );
}

if (!isCurrent()) await buildCommand();
// A reader that stops early (`| head`) is no error.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const { analyzeCommand } = await import(pathToFileURL(BUNDLE).href);
process.exitCode = await analyzeCommand(process.argv.slice(2), {
  stdin: process.stdin,
  writeOutput: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
