import { describe, expect, it } from 'vitest';
import { type Asked, kindOf, mayKeep, overflow } from '../../src/worker/rules';

const SCOPE = 'https://map.example/an-toan/';
const asked = (path: string, more: Partial<Asked> = {}): Asked => ({
  url: new URL(path, SCOPE).href,
  method: 'GET',
  mode: 'cors',
  hasRole: false,
  ...more,
});
const kind = (path: string, more?: Partial<Asked>): string => kindOf(asked(path, more), SCOPE);

describe('the service worker', () => {
  it('answers the page, its files and what a view is drawn from', () => {
    expect(kind('', { mode: 'navigate' })).toBe('page');
    expect(kind('assets/index-abc.js')).toBe('file');
    for (const path of ['meta', 'ratings?level=commune', 'styles/light', 'tiles/map', 'tiles/map/9/1/2?epoch=3'])
      expect(kind(path), path).toBe('answer');
    for (const path of ['areas/2025-07/20341', 'series?areas=20341', 'export/svg?width=300'])
      expect(kind(path), path).toBe('answer');
  });

  it('leaves alone whatever carries a role', () => {
    for (const path of ['meta', 'ratings', 'assets/index.js', 'tiles/map/9/1/2'])
      expect(kind(path, { hasRole: true }), path).toBe('foreign');
  });

  it('leaves alone frames, share pages, the question whether the server is there, and other folders and hosts', () => {
    for (const path of ['embed', 'docs', 'share/abc']) expect(kind(path, { mode: 'navigate' }), path).toBe('foreign');
    for (const path of ['version', 'events', 'healthz', '/other/meta', 'https://elsewhere.example/meta'])
      expect(kind(path), path).toBe('foreign');
    expect(kind('ratings', { method: 'POST' })).toBe('foreign');
  });

  it('keeps only whole answers that are meant for everybody', () => {
    expect(mayKeep(200, 'public, max-age=0')).toBe(true);
    expect(mayKeep(204, null)).toBe(true);
    for (const rule of ['no-store', 'private', 'private, no-store', 'Private']) expect(mayKeep(200, rule), rule).toBe(false);
    for (const status of [206, 304, 403, 500]) expect(mayKeep(status, 'public'), String(status)).toBe(false);
  });

  it('lets the oldest go first', () => {
    expect(overflow(['a', 'b', 'c'], 2)).toEqual(['a']);
    expect(overflow(['a'], 2)).toEqual([]);
    expect(overflow([], 0)).toEqual([]);
  });
});
