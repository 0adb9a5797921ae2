/**
 * Pictures that the server draws: fetched with the reader's role, which an address in an image cannot carry.
 * As PNG they keep the letters of the server: an SVG inside an image has no fonts of the page.
 */

import { fetched } from './download';

const kept = new Map<string, Promise<string | null>>();
const KEPT = 12;

function dataAddress(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(content);
  });
}

async function asAddress(url: string): Promise<string | null> {
  const response = await fetched(url).catch(() => null);
  return response && dataAddress(await response.blob());
}

/** The picture at `url` as an address for an image; `null` where it cannot be had. */
export function pictureAt(url: string): Promise<string | null> {
  const known = kept.get(url) ?? asAddress(url);
  kept.delete(url);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(url, known);
  return known;
}
