/** Signing in with a token: what the reader typed or pasted is tried at the server before this tab keeps it. */

import { address, problemOf, Unreachable } from '../client';
import type { Role, Version } from '../types';

/** What the server takes for a token. */
const TOKEN = /^[\w.~+/=-]{1,512}$/;

/** The token in what was typed: the token itself, or a start link that carries it. */
export function tokenIn(text: string): string {
  const typed = text.trim();
  const [, fragment] = typed.split('#');
  return (fragment === undefined ? null : new URLSearchParams(fragment).get('token')) ?? typed;
}

/** The role that a token opens here; `null` where it opens none. */
export async function roleOf(token: string): Promise<Role | null> {
  if (!TOKEN.test(token)) return null;
  const url = address('version');
  const headers = { Accept: 'application/json', Authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, cache: 'no-store' }).catch((cause: unknown) => {
    throw new Unreachable(url, { cause });
  });
  if (response.status === 401) return null;
  if (!response.ok) throw await problemOf(response);
  return ((await response.json()) as Version).role;
}
