/** Coming back from a provider of sign-ins, before anything is asked of the server. What it takes is loaded by those who sign in alone. */

import { hasSession } from '../token';
import type { Return } from './provider';

/** Ends a sign-in that the address tells of, and keeps one that was begun in this tab; how that ended. */
export async function comeBack(): Promise<Return> {
  if (!location.pathname.endsWith('/signed-in') && !hasSession()) return 'none';
  const { returnFromProvider, staySignedIn } = await import('./provider');
  const outcome = await returnFromProvider();
  staySignedIn();
  return outcome;
}
