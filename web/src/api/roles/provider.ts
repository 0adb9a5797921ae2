/**
 * Signing in at a provider (OpenID Connect): the page sends the reader there, and takes what comes back. A public client:
 * no secret, a code that is worth nothing without the verifier of this tab (PKCE, RFC 7636), a state and a nonce that are
 * compared. Tokens stay in this tab; nothing of them is ever in an address.
 */

import { address, json } from '../client';
import type { Schemas } from '../schemas';
import { keepToken, SESSION } from '../token';

/** A provider of sign-ins, as the server names it. */
export type Provider = NonNullable<Schemas['SignInAnswer']['provider']>;

/** How coming back from a provider ended; `none` where nobody came back. */
export type Return = 'none' | 'signed in' | 'refused' | 'unreachable';

/** What a tab waits for while its reader is at the provider. */
interface Pending {
  state: string;
  nonce: string;
  verifier: string;
  provider: Provider;
  /** The fragment of the view that was left. */
  view: string;
}

/** What a tab needs to stay signed in. */
interface Session {
  refresh: string;
  provider: Provider;
  endsAt: number;
}

interface TokenAnswer {
  access_token?: string;
  id_token?: string;
  refresh_token?: string;
  expires_in?: number;
}

const PENDING = 'binhyen.sign-in';
const RETURN_PATH = 'signed-in';
/** How long before its end a token is exchanged for the next. */
const EARLY_MS = 60_000;
/** What a token is taken to last where nobody says. */
const USUAL_S = 300;

/** The provider at which people sign in here; `null` where only tokens open roles. */
export async function signInProvider(): Promise<Provider | null> {
  return (await json<Schemas['SignInAnswer']>(address('sign-in'))).provider ?? null;
}

/** Whether this page can sign anybody in: the digest that proves who began is only to be had where nobody listens in. */
export function canSignIn(provider: Provider): boolean {
  return provider.available && (provider.authorization_endpoint ?? null) !== null && globalThis.crypto?.subtle !== undefined;
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The address for which a reader leaves the page, and what the tab keeps until then. */
export async function departure(provider: Provider, view: string): Promise<{ url: string; pending: Pending }> {
  const pending = { state: random(), nonce: random(), verifier: random(), provider, view };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
  const url = new URL(provider.authorization_endpoint ?? '');
  const asked = {
    response_type: 'code',
    client_id: provider.client_id,
    redirect_uri: address(RETURN_PATH),
    scope: provider.scopes.join(' '),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, pending };
}

/** Leaves for the provider. */
export async function leaveToSignIn(provider: Provider): Promise<void> {
  const { url, pending } = await departure(provider, location.hash);
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  location.assign(url);
}

/** Takes what the provider sent back with the reader, and takes it out of the address first of all. */
export async function returnFromProvider(): Promise<Return> {
  const home = new URL('.', location.href).pathname;
  if (location.pathname !== `${home}${RETURN_PATH}`) return 'none';
  const sent = new URLSearchParams(location.search);
  const kept = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  const pending = kept === null ? null : (JSON.parse(kept) as Pending);
  history.replaceState(null, '', `${home}${pending?.view ?? ''}`);
  const code = sent.get('code');
  const issuer = sent.get('iss');
  // Who came back without having left from this tab, or from another provider (RFC 9207), is not signed in.
  const isOurs =
    pending !== null && sent.get('state') === pending.state && (issuer === null || issuer === pending.provider.issuer);
  if (pending === null || !isOurs || code === null) return 'refused';
  const { provider, verifier } = pending;
  const grant = { grant_type: 'authorization_code', code, redirect_uri: address(RETURN_PATH), code_verifier: verifier };
  return exchange(provider, grant, pending.nonce);
}

/** Exchanges a grant for tokens and keeps them; with a nonce, the ID token must carry it. */
async function exchange(provider: Provider, grant: Record<string, string>, nonce: string | null): Promise<Return> {
  const body = new URLSearchParams({ ...grant, client_id: provider.client_id });
  const asked = {
    method: 'POST',
    body,
    headers: { Accept: 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
  } as const;
  const response = await fetch(provider.token_endpoint ?? '', { ...asked, referrerPolicy: 'no-referrer' }).catch(() => null);
  if (response === null || response.status >= 500) return 'unreachable';
  const tokens = response.ok ? ((await response.json().catch(() => ({}))) as TokenAnswer) : {};
  if (nonce !== null && !isMeantForUs(tokens.id_token, provider, nonce)) return 'refused';
  const token = provider.token === 'id_token' ? tokens.id_token : tokens.access_token;
  if (token === undefined) return 'refused';
  keepToken(token);
  // A provider that gives no other refresh token means the one that it was asked with.
  keepSession(provider, tokens.refresh_token ?? grant['refresh_token'], tokens.expires_in);
  return 'signed in';
}

/** Whether an ID token, which came from the provider itself, was made for this page and this sign-in. */
function isMeantForUs(token: string | undefined, provider: Provider, nonce: string): boolean {
  try {
    const part = (token ?? '').split('.')[1] ?? '';
    const claims = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
    const audience = [claims['aud']].flat();
    const isGood = typeof claims['exp'] === 'number' && claims['exp'] * 1000 > Date.now() - EARLY_MS;
    return claims['iss'] === provider.issuer && audience.includes(provider.client_id) && claims['nonce'] === nonce && isGood;
  } catch {
    return false;
  }
}

function keepSession(provider: Provider, refresh: string | undefined, seconds: number | undefined): void {
  if (refresh === undefined) return sessionStorage.removeItem(SESSION);
  const session: Session = { refresh, provider, endsAt: Date.now() + (seconds ?? USUAL_S) * 1000 };
  sessionStorage.setItem(SESSION, JSON.stringify(session));
}

/** Exchanges the token for the next shortly before it ends, as long as the tab is open and the provider allows. */
export function staySignedIn(): void {
  const kept = sessionStorage.getItem(SESSION);
  if (kept === null) return;
  const { refresh, provider, endsAt } = JSON.parse(kept) as Session;
  const renew = async (): Promise<void> => {
    // Left meanwhile, or renewed already.
    if (sessionStorage.getItem(SESSION) !== kept) return;
    const outcome = await exchange(provider, { grant_type: 'refresh_token', refresh_token: refresh }, null);
    if (outcome === 'refused') sessionStorage.removeItem(SESSION);
    else staySignedIn();
  };
  // Until shortly before its end, and never so briefly that a provider is flooded.
  setTimeout(() => void renew(), Math.max(5_000, endsAt - Date.now() - EARLY_MS));
}
