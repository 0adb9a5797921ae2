/**
 * What the service worker may answer and keep. The rules are few and say no by default: what carries a role is neither kept
 * nor answered from what was kept, and `version` is always asked of the server, or nobody would notice that it is gone.
 */

/** The header of an answer that was kept: when the server gave it. */
export const KEPT_HEADER = 'binhyen-kept';

/** The page itself, a file of it, an answer of the server; everything else is none of the worker's business. */
export type Kind = 'page' | 'file' | 'answer' | 'foreign';

const ANSWERS = ['meta', 'ratings', 'areas', 'series', 'comparison', 'gazetteer', 'models', 'certifications', 'disagreements'];
const FOLDERS = ['answers', 'styles', 'tiles', 'areas', 'export', 'models', 'fonts'];

/** A request as far as the rules of keeping depend on it. */
export interface Asked {
  url: string;
  method: string;
  mode: string;
  hasRole: boolean;
}

/** What a request is, below the folder `scope` that the page lives in. */
export function kindOf(asked: Asked, scope: string): Kind {
  const url = new URL(asked.url);
  const folder = new URL(scope);
  if (asked.method !== 'GET' || asked.hasRole || url.origin !== folder.origin || !url.pathname.startsWith(folder.pathname))
    return 'foreign';
  const path = url.pathname.slice(folder.pathname.length);
  if (asked.mode === 'navigate') return path === '' ? 'page' : 'foreign';
  const [first = '', ...rest] = path.split('/');
  if (first === 'assets') return 'file';
  return (rest.length === 0 && ANSWERS.includes(first)) || (rest.length > 0 && FOLDERS.includes(first)) ? 'answer' : 'foreign';
}

/** Whether an answer may be kept on this device: whole, and meant for everybody. */
export function mayKeep(status: number, cacheControl: string | null): boolean {
  return (status === 200 || status === 204) && !/\b(no-store|private)\b/i.test(cacheControl ?? '');
}

/** The oldest of `keys`, in the order in which they were kept, that go so that `most` stay. */
export function overflow<T>(keys: readonly T[], most: number): readonly T[] {
  return keys.slice(0, Math.max(0, keys.length - most));
}
