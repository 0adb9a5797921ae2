/** Files for the reader: fetched with his role, because a link cannot carry it, and handed to the browser to save. */

import { language, problemOf, Unreachable } from './client';
import { roleHeaders } from './token';

/** Long enough for the browser to begin writing. */
const KEPT_MS = 60_000;

/** Whether a plain link to `url` would be answered for the reader's role. */
export function isOpenTo(url: string): boolean {
  return Object.keys(roleHeaders(url)).length === 0;
}

/** Hands `content` to the browser under `name`. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** The name that the server gives the file of an answer. */
export function nameIn(disposition: string | null, otherwise: string): string {
  return /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1] ?? otherwise;
}

/** The answer at `url` in the reader's role and language, whatever its type. */
export async function fetched(url: string): Promise<Response> {
  const headers = { 'Accept-Language': language(), ...roleHeaders(url) };
  const response = await fetch(url, { headers, cache: 'no-cache' }).catch((cause: unknown) => {
    throw new Unreachable(url, { cause });
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Saves what the server answers at `url`. */
export async function download(url: string, otherwise: string): Promise<void> {
  const response = await fetched(url);
  save(await response.blob(), nameIn(response.headers.get('Content-Disposition'), otherwise));
}
