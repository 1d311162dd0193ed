// Serves dist/ as docs/hosting says, under /tools/standstill/ with the strict header, and runs the browser tests there.
//   node scripts/try-hosting.mjs [--server nginx|caddy] [--dist DIR] [Playwright arguments]
// Fails when a test fails, when an answer has other headers than wanted, and when a browser reported something that is
// against the policy of the header. A server that is not installed is skipped.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const UNDER = '/tools/standstill/';
const HOST = '127.0.0.1';
/** Debian puts servers where only root looks for them. */
const PATH = [process.env.PATH ?? '', '/usr/sbin', '/usr/local/sbin'].join(delimiter);
/** What promises.spec.ts does on purpose. */
const ON_PURPOSE = 'https://example.com';

/** How each server is asked for its version, configured and started in the foreground, all below a folder of its own. */
const SERVERS = {
  nginx: {
    version: ['-v'],
    configure: (folder, port, text) => {
      const mime = ['/etc/nginx/mime.types', '/usr/local/etc/nginx/mime.types'].find((path) => existsSync(path));
      const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `  ${name}_temp_path ${folder}/${name};\n`,
      );
      writeFileSync(join(folder, 'standstill.conf'), text);
      writeFileSync(
        join(folder, 'server.conf'),
        `daemon off;\npid ${folder}/nginx.pid;\nerror_log ${folder}/error.log;\n${process.getuid?.() === 0 ? 'user root;\n' : ''}events {}\n` +
          `http {\n${paths.join('')}  access_log off;\n${mime ? `  include ${mime};\n` : ''}` +
          `  server {\n    listen ${HOST}:${port};\n    include ${folder}/standstill.conf;\n  }\n}\n`,
      );
      return ['-p', folder, '-c', join(folder, 'server.conf')];
    },
    file: 'nginx.conf',
  },
  caddy: {
    version: ['version'],
    configure: (folder, port, text) => {
      const site = text.replace('tools.example.com {', `http://${HOST}:${port} {`);
      writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
      return ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
    },
    file: 'Caddyfile',
  },
};

/** Names of the servers that docs/hosting has a configuration for. */
export function hostingServers() {
  return Object.keys(SERVERS);
}

/** Names of those that are on this machine. */
export function installedServers() {
  return hostingServers().filter(
    (name) => spawnSync(name, SERVERS[name].version, { stdio: 'ignore', env: { ...process.env, PATH } }).status === 0,
  );
}

/** Takes what browsers report about the policy. Gives its address, and the reports so far. */
async function collectReports() {
  const reports = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    reports.push(body['csp-report'] ?? body);
    response.writeHead(204).end();
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return { address: `http://${HOST}:${server.address().port}/`, reports, close: () => server.close() };
}

async function freePort() {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** What is wrong with the answers of a server, in sentences. */
async function wrongAnswers(base) {
  const wrong = [];
  const look = async (path, wanted, options = {}) => {
    const response = await fetch(new URL(path, base), { redirect: 'manual', ...options });
    const text = await response.text();
    for (const [name, pattern] of Object.entries({ status: /^200$/, ...wanted })) {
      const value = name === 'status' ? String(response.status) : (response.headers.get(name) ?? '');
      if (!pattern.test(value)) wrong.push(`${path}: ${name} is "${value}", wanted ${pattern}`);
    }
    return text;
  };
  const none = /^$/;
  const nosniff = { 'x-content-type-options': /^nosniff$/ };
  const strict = /script-src 'self'; style-src 'self'; frame-ancestors 'none'/;
  const html = { 'content-type': /^text\/html/, 'cache-control': /^no-cache$/, ...nosniff };
  const index = await look('./', { ...html, 'content-security-policy': strict, 'content-encoding': /^gzip$/ });
  await look('index.html', { ...html, 'content-security-policy': strict });
  await look('standstill.html', {
    ...html,
    'content-security-policy': /^frame-ancestors 'none'(?:; report-uri .*)?$/,
    'content-encoding': /^gzip$/,
  });
  const script = /assets\/index-[\w-]+\.js/.exec(index)?.[0] ?? 'assets/missing.js';
  const asset = { 'content-type': /javascript/, 'cache-control': /^public, max-age=31536000, immutable$/, ...nosniff };
  await look(script, { ...asset, 'content-encoding': /^gzip$/ });
  await look(script, { ...asset, 'content-encoding': none }, { headers: { 'accept-encoding': 'identity' } });
  await look(UNDER.slice(0, -1), { status: /^301$/, location: new RegExp(`^(?:${new URL(base).origin})?${UNDER}$`) });
  const dump = {
    'content-security-policy': /sandbox/,
    'content-encoding': none,
    'cache-control': /^no-cache$/,
    ...nosniff,
  };
  for (const folder of ['dumps/inc-42/', 'dumps/inc-42/index.json']) {
    const list = JSON.parse(await look(folder, { ...dump, 'content-type': /^application\/json/ }));
    const names = list.map(({ name }) => name.replace(/\/$/, '')).sort();
    if (names.join() !== 'a.txt,b.txt.gz,c.html,older') wrong.push(`${folder} lists ${names.join()}`);
  }
  if (!(await look('dumps/inc-42/older/index.json', dump)).includes('["own.txt"]'))
    wrong.push('an index.json was not sent');
  await look('dumps/inc-42/a.txt', { ...dump, 'content-type': /^text\/plain/ });
  await look('dumps/inc-42/b.txt.gz', { ...dump, 'content-type': /^application\/octet-stream$/ });
  await look('dumps/inc-42/c.html', { ...dump, 'content-type': /^application\/octet-stream$/ });
  await look('dumps/../package.json', { status: /^404$/ });
  await look('dumps/inc-43/index.json', { status: /^404$/ });
  return wrong;
}

/** Makes the folder of dumps that the checks and hosting.spec.ts look at. */
function makeDumps(folder) {
  const dumps = join(folder, 'dumps', 'inc-42');
  mkdirSync(dumps, { recursive: true });
  const text = 'goroutine 1 [running]:\nmain.main()\n\t/srv/main.go:1 +0x1\n';
  mkdirSync(join(dumps, 'older'));
  writeFileSync(join(dumps, 'older', 'index.json'), '["own.txt"]');
  writeFileSync(join(dumps, 'a.txt'), text);
  writeFileSync(join(dumps, 'b.txt.gz'), gzipSync(`${text}\n${text.replace('goroutine 1', 'goroutine 2')}`));
  writeFileSync(join(dumps, 'c.html'), '<!doctype html><script>alert(1)</script>');
  return join(folder, 'dumps', '/');
}

async function answers(address, server) {
  for (let tries = 0; tries < 100 && server.exitCode === null; tries++) {
    try {
      await (await fetch(address)).arrayBuffer();
      return;
    } catch {
      await new Promise((go) => setTimeout(go, 100));
    }
  }
  throw new Error('The server does not answer.');
}

/** True when all is as it should be. */
async function tryServer(name, dist, playwrightArgs) {
  const folder = mkdtempSync(join(tmpdir(), `standstill-${name}-`));
  const collector = await collectReports();
  const port = await freePort();
  const base = `http://${HOST}:${port}${UNDER}`;
  const given = readFileSync(join(ROOT, 'docs/hosting', SERVERS[name].file), 'utf8');
  const text = given
    .replaceAll('/srv/standstill-dumps/', makeDumps(folder))
    .replaceAll('/srv/standstill/', join(dist, '/'))
    .replaceAll("frame-ancestors 'none'\"", `frame-ancestors 'none'; report-uri ${collector.address}"`);
  const server = spawn(name, SERVERS[name].configure(folder, port, text), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  let said = '';
  server.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-10_000);
  });
  try {
    await answers(base, server);
    const wrong = await wrongAnswers(base);
    for (const line of wrong) console.error(`${name}: ${line}`);
    const playwright = join(ROOT, 'node_modules/@playwright/test/cli.js');
    const output = join(ROOT, 'build', `hosting-${name}`);
    const tests = spawn(process.execPath, [playwright, 'test', '--output', output, ...playwrightArgs], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, STANDSTILL_TEST_URL: base, STANDSTILL_TEST_REPORTS: collector.address },
    });
    const [status] = await once(tests, 'exit');
    const reports = collector.reports.filter((report) => !String(report['blocked-uri']).startsWith(ON_PURPOSE));
    for (const report of reports) console.error(`${name}: against the policy:`, report);
    console.log(`${name}: ${collector.reports.length} reports of the browser, ${reports.length} of them unwanted.`);
    return status === 0 && wrong.length === 0 && reports.length === 0;
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}\n${said}`);
    return false;
  } finally {
    server.kill('SIGTERM');
    collector.close();
    if (server.exitCode === null) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { server: { type: 'string', multiple: true }, dist: { type: 'string', default: 'dist' } },
  });
  const dist = resolve(ROOT, values.dist);
  if (!existsSync(join(dist, 'standstill.html'))) throw new Error(`${dist} holds no build: run "npm run build" first.`);
  const installed = installedServers();
  let ok = true;
  for (const name of values.server ?? hostingServers()) {
    if (!(name in SERVERS)) throw new Error(`There is no configuration for ${name}.`);
    if (!installed.includes(name)) console.log(`${name}: skipped, it is not installed.`);
    else ok = (await tryServer(name, dist, positionals)) && ok;
  }
  return ok ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
