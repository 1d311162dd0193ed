import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { packTar } from 'modern-tar';

/** Puts a file into a container; `name` is what it is called inside an archive. */
export type Pack = (name: string, bytes: Uint8Array) => Promise<Uint8Array>;

const DECOY = new TextEncoder().encode('# Support bundle\n\nTaken on request. Nothing to see in this file.\n');

async function tar(name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const file = (path: string, body: Uint8Array) => ({
    header: { name: path, size: body.length, type: 'file' as const },
    body,
  });
  return packTar([file('bundle/README.md', DECOY), file(`bundle/${name}`, bytes)]);
}

function zip(name: string, bytes: Uint8Array, level: 0 | 6): Uint8Array {
  return zipSync({ 'README.md': DECOY, [name]: bytes }, { level });
}

/** A zstd frame of raw blocks (RFC 8878): no compression, but the whole format around it. */
function zstd(bytes: Uint8Array): Uint8Array {
  const out: Uint8Array[] = [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58)];
  const size = 100_000;
  for (let at = 0; at === 0 || at < bytes.length; at += size) {
    const block = bytes.subarray(at, at + size);
    const header = (block.length << 3) | (at + size >= bytes.length ? 1 : 0);
    out.push(Uint8Array.of(header & 255, (header >> 8) & 255, (header >> 16) & 255), block);
  }
  return Buffer.concat(out);
}

export const PACKS: Readonly<Record<string, Pack>> = {
  nothing: async (_, bytes) => bytes,
  gzip: async (_, bytes) => gzipSync(bytes),
  'gzip in gzip': async (_, bytes) => gzipSync(gzipSync(bytes)),
  zstd: async (_, bytes) => zstd(bytes),
  'zip, deflated': async (name, bytes) => zip(name, bytes, 6),
  'zip, stored': async (name, bytes) => zip(name, bytes, 0),
  tar,
  'tar.gz': async (name, bytes) => gzipSync(await tar(name, bytes)),
  'gzip in a zip': async (name, bytes) => zip(`${name}.gz`, gzipSync(bytes), 0),
  'tar.gz in a zip': async (name, bytes) => zip('inner.tgz', gzipSync(await tar(name, bytes)), 0),
  'zip in a tar': async (name, bytes) => tar('inner.zip', zip(name, bytes, 6)),
};
