import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pageAddress, previewTags } from '../../scripts/vite/social-preview.ts';

const contentOf = (address: string) =>
  Object.fromEntries(
    previewTags(pageAddress(address)).map(({ attrs: { property, name, content } = {} }) => [property ?? name, content]),
  );

describe('the preview of a link', () => {
  it('names the page and its picture by whole addresses', () => {
    expect(contentOf('https://tools.example/standstill/')).toMatchObject({
      'og:title': expect.stringContaining('Standstill'),
      'og:url': 'https://tools.example/standstill/',
      'og:image': 'https://tools.example/standstill/preview.png',
    });
    expect(contentOf('https://tools.example/go/index.html')['og:image']).toBe('https://tools.example/go/preview.png');
  });

  it('has no picture where the address is not known', () => {
    const tags = contentOf('');
    expect(tags['og:title']).toContain('Standstill');
    expect(Object.keys(tags).filter((name) => name.startsWith('og:image') || name === 'og:url')).toEqual([]);
  });

  it('refuses what is no address', () => {
    expect(() => pageAddress('tools.example')).toThrow('PAGE_ADDRESS: "tools.example" is no address');
    expect(() => pageAddress('javascript:alert(1)')).toThrow('PAGE_ADDRESS');
  });

  it('has its picture in public', () => {
    expect(existsSync(fileURLToPath(new URL('../../public/preview.png', import.meta.url)))).toBe(true);
  });
});
