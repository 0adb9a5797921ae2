/** Pictures that the server draws: fetched with the reader's role, which an address in an image cannot carry. */

import { fetched } from './download';

const kept = new Map<string, Promise<string | null>>();
const KEPT = 12;

async function asAddress(url: string): Promise<string | null> {
  const response = await fetched(url).catch(() => null);
  return response && `data:image/svg+xml,${encodeURIComponent(await response.text())}`;
}

/** The SVG at `url` as an address for an image; `null` where it cannot be had. */
export function pictureAt(url: string): Promise<string | null> {
  const known = kept.get(url) ?? asAddress(url);
  kept.delete(url);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(url, known);
  return known;
}
