/*
 * Shows the picture of the map that came with its document, where it is what this reader will see: the public's first view.
 * A script of its own, because the page's scripts come long after the picture.
 */
(() => {
  const asked = new URLSearchParams(location.hash.slice(1));
  asked.delete('lang');
  if (asked.toString() !== '') return;
  try {
    if (sessionStorage.getItem('binhyen.token') !== null) return;
    const device = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const chosen = localStorage.getItem('binhyen.scheme') ?? (matchMedia('(prefers-contrast: more)').matches ? 'contrast' : device);
    document.documentElement.dataset.first = chosen;
  } catch {
    // A browser that keeps nothing waits for the map itself.
  }
})();
