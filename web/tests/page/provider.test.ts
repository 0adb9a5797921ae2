import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  canSignIn,
  departure,
  leaveToSignIn,
  type Provider,
  returnFromProvider,
  staySignedIn,
} from '../../src/api/roles/provider';

const PROVIDER: Provider = {
  label: 'Công an tỉnh',
  issuer: 'https://id.test',
  client_id: 'page',
  scopes: ['openid'],
  token: 'access_token',
  available: true,
  authorization_endpoint: 'https://id.test/auth?x=1',
  token_endpoint: 'https://id.test/token',
};
const kept = new Map<string, string>();
const place = { href: '', origin: 'http://page.test', pathname: '/signed-in', search: '', hash: '', assign: vi.fn() };
const asked = vi.fn<typeof fetch>();
const replaced = vi.fn();

const part = (value: unknown): string =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const claims = (nonce: string, more = {}): string =>
  `x.${part({ iss: 'https://id.test', aud: 'page', nonce, exp: Date.now() / 1000 + 60, ...more })}.x`;
const answered = (body: unknown, status = 200): void =>
  void asked.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }));
const pending = (): { state: string; nonce: string; verifier: string } => JSON.parse(kept.get('binhyen.sign-in') ?? '{}');
const backWith = (query: string): Promise<string> => {
  place.search = `?${query}`;
  place.href = `http://page.test/signed-in${place.search}`;
  return returnFromProvider();
};

beforeEach(() => {
  kept.clear();
  place.hash = '#layer=rate';
  vi.stubGlobal('location', place);
  vi.stubGlobal('history', { replaceState: (_: unknown, __: string, address: string): void => void replaced(address) });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string): string | null => kept.get(key) ?? null,
    setItem: (key: string, value: string): void => void kept.set(key, value),
    removeItem: (key: string): void => void kept.delete(key),
  });
  vi.stubGlobal('fetch', asked);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  asked.mockReset();
  replaced.mockReset();
  place.assign.mockReset();
});

describe('leaving for a provider', () => {
  it('asks for a code that only this tab can use, and keeps the verifier here', async () => {
    const { url, pending: one } = await departure(PROVIDER, '#a=1');
    const sent = new URL(url).searchParams;
    expect(sent.get('x')).toBe('1');
    expect(Object.fromEntries(sent)).toMatchObject({
      response_type: 'code',
      client_id: 'page',
      code_challenge_method: 'S256',
      state: one.state,
    });
    expect(sent.get('redirect_uri')).toMatch(/\/signed-in$/);
    expect(url).not.toContain(one.verifier);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(one.verifier)));
    expect(sent.get('code_challenge')).toBe(
      btoa(String.fromCharCode(...digest))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', ''),
    );
    const { pending: other } = await departure(PROVIDER, '');
    expect(new Set([one.state, one.nonce, one.verifier, other.state, other.nonce, other.verifier]).size).toBe(6);
  });

  it('is offered only where it can be done', () => {
    expect(canSignIn(PROVIDER)).toBe(true);
    expect(canSignIn({ ...PROVIDER, available: false })).toBe(false);
    expect(canSignIn({ ...PROVIDER, authorization_endpoint: null })).toBe(false);
  });
});

describe('coming back from a provider', () => {
  beforeEach(async () => {
    await leaveToSignIn(PROVIDER);
    expect(place.assign).toHaveBeenCalledOnce();
  });

  it('exchanges the code with the verifier, keeps the token in this tab and clears the address', async () => {
    const { state, nonce, verifier } = pending();
    answered({ access_token: 'a.b.c', id_token: claims(nonce), refresh_token: 'r', expires_in: 300 });
    expect(await backWith(`code=one&state=${state}&iss=https%3A%2F%2Fid.test`)).toBe('signed in');
    expect(kept.get('binhyen.token')).toBe('a.b.c');
    expect(kept.has('binhyen.sign-in')).toBe(false);
    expect(replaced).toHaveBeenCalledWith('/#layer=rate');
    const [url, request] = asked.mock.calls[0] ?? [];
    expect(String(url)).toBe('https://id.test/token');
    const body = Object.fromEntries(request?.body as URLSearchParams);
    expect(body).toMatchObject({ grant_type: 'authorization_code', code: 'one', code_verifier: verifier, client_id: 'page' });
    expect(request?.credentials).toBe('omit');
  });

  it('signs nobody in by another state, another provider, an error, or a code that comes twice', async () => {
    const { state } = pending();
    for (const query of [
      'code=one&state=guessed',
      `code=one&state=${state}&iss=https%3A%2F%2Fevil.test`,
      `error=access_denied&state=${state}`,
    ]) {
      await leaveToSignIn(PROVIDER);
      expect(await backWith(query.replace(state, pending().state)), query).toBe('refused');
      expect(await backWith(`code=one&state=${state}`), 'nothing is pending any more').toBe('refused');
    }
    expect(asked).not.toHaveBeenCalled();
    expect(kept.size).toBe(0);
  });

  it('signs nobody in by an ID token of another sign-in, of somebody else, or none', async () => {
    const tokens = [claims('another'), undefined, 'x', 'x.!.x'];
    for (const more of [{ aud: 'other' }, { iss: 'https://evil.test' }, { exp: 1 }, { exp: 'soon' }]) {
      await leaveToSignIn(PROVIDER);
      answered({ access_token: 'a.b.c', id_token: claims(pending().nonce, more) });
      expect(await backWith(`code=one&state=${pending().state}`), JSON.stringify(more)).toBe('refused');
    }
    for (const id_token of tokens) {
      await leaveToSignIn(PROVIDER);
      answered({ access_token: 'a.b.c', id_token });
      expect(await backWith(`code=one&state=${pending().state}`), String(id_token)).toBe('refused');
    }
    expect(kept.has('binhyen.token')).toBe(false);
  });

  it('says where the provider gives no answer', async () => {
    asked.mockRejectedValueOnce(new TypeError('offline'));
    expect(await backWith(`code=one&state=${pending().state}`)).toBe('unreachable');
  });

  it('is nothing anywhere else', async () => {
    place.href = 'http://page.test/';
    place.pathname = '/';
    expect(await returnFromProvider()).toBe('none');
    place.pathname = '/signed-in';
    expect(kept.has('binhyen.sign-in')).toBe(true);
  });
});

describe('staying signed in', () => {
  it('exchanges the token shortly before its end, and stops where the reader has left', async () => {
    vi.useFakeTimers();
    const session = JSON.stringify({ refresh: 'r1', provider: PROVIDER, endsAt: Date.now() + 120_000 });
    kept.set('binhyen.session', session);
    staySignedIn();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(asked).not.toHaveBeenCalled();
    answered({ access_token: 'new', expires_in: 120 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(Object.fromEntries(asked.mock.calls[0]?.[1]?.body as URLSearchParams)).toMatchObject({ refresh_token: 'r1' });
    expect(kept.get('binhyen.token')).toBe('new');
    expect(JSON.parse(kept.get('binhyen.session') ?? '{}').refresh, 'the provider gave no other').toBe('r1');
    kept.clear();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
