import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outgoing } from '../../src/api/reports/kept';

const AT = '2026-11-30T00:00:00.000Z';
const NOW = Date.parse('2026-11-30T01:00:00.000Z');

function outgoing(key: string, more: Partial<Outgoing> = {}): Outgoing {
  return { key, written: { category: 'chay', time: AT, lon: 108, lat: 15.5, text: 'Cháy chợ' }, body: null, at: AT, ...more };
}

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
}

const fresh = async (): Promise<typeof import('../../src/api/reports/kept')> => {
  vi.resetModules();
  return import('../../src/api/reports/kept');
};

describe('reports on this device', () => {
  beforeEach(() => vi.stubGlobal('localStorage', storage()));
  afterEach(() => vi.unstubAllGlobals());

  it('are none at first', async () => {
    const { keptReports } = await fresh();
    expect(keptReports(NOW)).toEqual({ waiting: [], sent: [] });
  });

  it('wait until they are sent; then the words go and the number stays', async () => {
    const { keepWaiting, keptReports, noteSent } = await fresh();
    expect(keepWaiting(outgoing('a'))).toBe('on this device');
    keepWaiting(outgoing('b'));
    keepWaiting(outgoing('a', { body: '{}' }));
    expect(keptReports(NOW).waiting.map(({ key, body }) => [key, body])).toEqual([
      ['b', null],
      ['a', '{}'],
    ]);
    noteSent('a', 'K7P2M9Q4XT', AT);
    expect(keptReports(NOW).sent).toEqual([{ number: 'K7P2M9Q4XT', at: AT }]);
    noteSent('b', '0123456789', AT);
    expect(localStorage.getItem('binhyen.reports')).not.toContain('Cháy');
  });

  it('are given up after a week', async () => {
    const { keepWaiting, keptReports } = await fresh();
    keepWaiting(outgoing('a'));
    expect(keptReports(NOW + 6 * 86_400_000).waiting).toHaveLength(1);
    expect(keptReports(NOW + 7 * 86_400_000).waiting).toHaveLength(0);
  });

  it('last as long as the page where a browser keeps nothing', async () => {
    const refuse = (): never => {
      throw new Error('no storage here');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    const { keepWaiting, keptReports } = await fresh();
    expect(keepWaiting(outgoing('a'))).toBe('in this page');
    expect(keptReports(NOW).waiting).toHaveLength(1);
  });

  it('keep the newest twenty numbers, each once', async () => {
    const { keptReports, noteSent, dropSent } = await fresh();
    for (let number = 0; number < 25; number += 1) noteSent('x', `N${number}`, AT);
    noteSent('x', 'N10', AT);
    const { sent } = keptReports(NOW);
    expect(sent).toHaveLength(20);
    expect(sent[0]?.number).toBe('N10');
    expect(sent.filter(({ number }) => number === 'N10')).toHaveLength(1);
    dropSent('N10');
    expect(keptReports(NOW).sent[0]?.number).toBe('N24');
  });
});
