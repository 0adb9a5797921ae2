import { describe, expect, it } from 'vitest';
import type { Meta } from '../../src/api/types';
import { publicView } from '../../src/view/share/public_view';
import {
  componentSnippet,
  fragmentOf,
  frameSnippet,
  imageQuery,
  pictureQuery,
  pictureSize,
  shareId,
} from '../../src/view/share/sharing';
import { readView } from '../../src/view/view';
import { answer, named } from '../answers';

const HOME = 'https://map.example/an-toan/';

describe('the share id', () => {
  it('is base64url of the fragment, as the server reads it', () => {
    expect(shareId('#layer=rate')).toBe('bGF5ZXI9cmF0ZQ');
    expect(shareId('')).toBe('');
  });

  it('comes back, whatever the letters', () => {
    for (const text of ['edition=2025-07&window=3N-2025', 'q=Tam Kỳ – Đà Nẵng', 'a=???>>>~~~', ''])
      expect(fragmentOf(shareId(text))).toBe(text);
  });

  it('holds nothing that an address would have to escape', () => {
    for (let code = 0; code < 0x300; code += 1) expect(shareId(String.fromCharCode(code).repeat(3))).toMatch(/^[\w-]+$/);
  });

  it('does not come back from letters that are no UTF-8', () => {
    expect(() => fragmentOf('_w')).toThrow();
  });
});

describe('the picture of a view', () => {
  it('asks for what the view shows and drops what only the page knows', () => {
    const query = pictureQuery('#edition=2025-07&window=3N-2025&level=auto&layer=rate&at=108,15,9&mode=table&area=20341', {
      width: 720,
      height: 540,
    });
    expect(query.toString()).toBe('edition=2025-07&window=3N-2025&layer=rate&area=20341&width=720&height=540');
  });

  it('says its style only where that is not the light one', () => {
    expect(pictureQuery('', { width: 300, height: 300 }, 'dark').get('theme')).toBe('dark');
    expect(pictureQuery('', { width: 300, height: 300 }).has('theme')).toBe(false);
  });

  it('stays within the sides that the server draws', () => {
    expect(imageQuery('', { width: 300, height: 300 }).get('text')).toBe('paths');
    expect(pictureQuery('', { width: 10, height: 9000 }).toString()).toBe('width=200&height=2400');
  });

  it('is one for places of nearly the same size', () => {
    expect(pictureSize({ width: 701, height: 481 })).toEqual({ width: 720, height: 520 });
    expect(pictureSize({ width: 720, height: 519.5 })).toEqual({ width: 720, height: 520 });
    expect(pictureSize({ width: 0, height: 0 })).toEqual({ width: 200, height: 200 });
  });
});

describe('a snippet', () => {
  it('of a frame carries the view in the fragment and no style', () => {
    expect(frameSnippet(HOME, '#layer=rate&area=20341', 'Bản đồ', { width: '100%', height: 520 })).toBe(
      '<iframe src="https://map.example/an-toan/embed#layer=rate&amp;area=20341" title="Bản đồ" width="100%" height="520" loading="lazy" frameborder="0" allow="fullscreen"></iframe>',
    );
  });

  it('of the component names what the view names', () => {
    expect(componentSnippet(HOME, '#edition=2025-07&window=3N-2025&level=auto&layer=rate&lang=en', 480)).toBe(
      '<script type="module" src="https://map.example/an-toan/binhyen-map.js"></script>\n' +
        '<binhyen-map layer="rate" window="3N-2025" edition="2025-07" lang="en" height="480"></binhyen-map>',
    );
  });

  it('lets no text out of its attribute', () => {
    expect(frameSnippet(HOME, '#a="><script>', '"><script>', { width: '1', height: 1 })).not.toMatch(/"><script>/);
  });
});

const meta = answer<Meta>({
  sample: true,
  epoch: 1,
  role: 'commander',
  default_edition: '2025-07',
  default_window: '3N-2025',
  editions: [{ id: '2025-07', name: named('Mới'), levels: ['commune', 'province'] }],
  windows: [
    { id: '3N-2025', name: named('Ba năm'), from: '2022-12-15', to: '2025-12-15', released: true },
    { id: 'N-2025', name: named('2025'), from: '2025-01-01', to: '2026-01-01', released: false },
  ],
  categories: [{ id: 'chay', name: named('Cháy') }],
  default_scheme: 'chung',
  schemes: [
    { id: 'chung', name: named('Chung'), version: '1', hash: 'a' },
    { id: 'thu', name: named('Thử'), version: '1', hash: 'b', released: false },
  ],
});

describe('the public view', () => {
  it('is the view itself where all of it is released', () => {
    const view = readView('#window=3N-2025&layer=rate&area=20341&at=108.1,15.6,9&level=auto', meta);
    expect(publicView(view, meta)).toEqual({ view, withheld: [] });
  });

  it('names each part that only a role may see', () => {
    const view = readView('#from=2024-01-01&to=2024-07-01&categories=chay&min_severity=3&scheme=thu&against=N-2025', meta);
    const shown = publicView(view, meta);
    expect(shown.withheld).toEqual(['period', 'against', 'categories', 'severity', 'scheme']);
    expect(shown.view).toMatchObject({
      period: { window: '3N-2025' },
      against: null,
      categories: [],
      minSeverity: null,
      scheme: null,
    });
  });
});
