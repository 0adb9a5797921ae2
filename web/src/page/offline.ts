/** Brings in the service worker once the page stands, so that its files do not compete with the first view for the line. */

import { hasToken } from '../api/token';

/** What this page has loaded so far, for a worker that was not there yet. */
function loadedAddresses(): string[] {
  return performance.getEntriesByType('resource').map((entry) => entry.name);
}

async function adoptLoaded(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: 'binhyen:adopt', urls: loadedAddresses(), lang: document.documentElement.lang });
}

/** Keeps the page for use without a network, where the browser can and the origin is one to be trusted. */
export async function keepForOffline(): Promise<void> {
  if (!isSecureContext || !('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const isFirst = navigator.serviceWorker.controller === null;
  try {
    await navigator.serviceWorker.register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' });
    // In a role nothing is kept on the device, the addresses of its questions least of all.
    if (isFirst && !hasToken()) await adoptLoaded();
  } catch (error) {
    console.info('the page cannot be kept for use without a network:', error);
  }
}
