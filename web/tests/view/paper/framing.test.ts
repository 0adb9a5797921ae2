import { describe, expect, it } from 'vitest';
import { framingIn, isFramedElsewhere } from '../../../src/view/share/framing';

const of = (ancestors: string) => framingIn(`default-src 'self'; object-src 'none'; frame-ancestors ${ancestors}`);

describe('who may frame the map', () => {
  it('is read from the policy of the frame', () => {
    expect(of('*')).toEqual({ who: 'any', sites: [] });
    expect(of("'self'")).toEqual({ who: 'own', sites: [] });
    expect(of("'none'")).toEqual({ who: 'nobody', sites: [] });
    expect(of("'self' https://a.example https://*.b.example")).toEqual({
      who: 'listed',
      sites: ['https://a.example', 'https://*.b.example'],
    });
  });

  it('is unknown without such a policy', () => {
    for (const policy of [null, '', "default-src 'self'"]) expect(framingIn(policy).who).toBe('unknown');
  });

  it('puts the frame first only where others may use it', () => {
    expect(['*', 'https://a.example'].map((sources) => isFramedElsewhere(of(sources)))).toEqual([true, true]);
    expect(["'self'", "'none'"].map((sources) => isFramedElsewhere(of(sources)))).toEqual([false, false]);
  });
});
