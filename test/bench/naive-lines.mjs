// node naive-lines.mjs FILE: a goroutine dump read the way one writes it in an hour: readline, regular expressions, a Map of
// joined lines. Prints { goroutines, groups }. What the product is measured against, as a whole process.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const groups = new Map();
const ids = [];
let header = null;
let stack = [];

function end() {
  if (header === null) return;
  ids.push(Number(header[1]));
  const state = header[2].replace(/, \d+ minutes|, locked to thread/g, '');
  const key = `${state}\n${stack.join('\n')}`;
  groups.set(key, (groups.get(key) ?? 0) + 1);
  header = null;
  stack = [];
}

for await (const line of createInterface({
  input: createReadStream(process.argv[2]),
  crlfDelay: Number.POSITIVE_INFINITY,
})) {
  const match = /^goroutine (\d+) \[(.*)\]:$/.exec(line);
  if (match !== null) {
    end();
    header = match;
  } else if (header !== null && line === '') {
    end();
  } else if (header !== null) {
    stack.push(
      line.startsWith('\t')
        ? line.replace(/ \+0x[0-9a-f]+$/, '')
        : line.replace(/ in goroutine \d+$/, '').replace(/\([^()]*\)$/, ''),
    );
  }
}
end();
console.log(JSON.stringify({ goroutines: ids.length, groups: groups.size }));
