import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adoptTokenFromFragment, roleHeaders } from '../../src/api/token';

const ORIGIN = 'http://page.test';
const kept = new Map<string, string>();
const place = { origin: ORIGIN, hash: '', pathname: '/', search: '' };
const asked = vi.fn(() => false);

const opened = (fragment: string): void => {
  place.hash = fragment;
  adoptTokenFromFragment();
};
const carried = (): string | undefined => roleHeaders(`${ORIGIN}/meta`)['Authorization'];

describe('the token of a start link', () => {
  beforeEach(() => {
    kept.clear();
    asked.mockClear();
    vi.stubGlobal('confirm', asked);
    vi.stubGlobal('location', place);
    vi.stubGlobal('history', {
      replaceState: (_state: unknown, _title: string, address: string): void => {
        place.hash = address.startsWith('#') ? address : '';
      },
    });
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string): string | null => kept.get(key) ?? null,
      setItem: (key: string, value: string): void => void kept.set(key, value),
      removeItem: (key: string): void => void kept.delete(key),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is taken without a question by a tab that has none, and leaves the address', () => {
    opened('#token=one&lang=en');
    expect(carried()).toBe('Bearer one');
    expect(place.hash).toBe('#lang=en');
    expect(asked).not.toHaveBeenCalled();
  });

  it('never takes the place of another one unless the reader says so', () => {
    opened('#token=one');
    opened('#token=two');
    expect(carried()).toBe('Bearer one');
    opened('#token=');
    expect(carried()).toBe('Bearer one');
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockReturnValueOnce(true);
    opened('#token=two');
    expect(carried()).toBe('Bearer two');
  });

  it('is the same one again without a question', () => {
    opened('#token=one');
    opened('#token=one');
    expect(carried()).toBe('Bearer one');
    expect(asked).not.toHaveBeenCalled();
  });
});
