/** Files of the server on the reader's disk, in the reader's role: a plain link carries no role. */

import { roleHeaders } from './token';

/** Whether a plain link to `url` would be answered for the reader's role. */
export function isOpenTo(url: string): boolean {
  return Object.keys(roleHeaders(url)).length === 0;
}

/** Saves what `url` answers to the reader's role; the name is the server's, or else `name`. */
export async function download(url: string, name: string): Promise<void> {
  const response = await fetch(url, { headers: roleHeaders(url) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const named = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const object = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = object;
  link.download = named ?? name;
  link.click();
  URL.revokeObjectURL(object);
}
