/** Light or dark: the reader's last choice, else the device's. */

export type Scheme = 'light' | 'dark';

const KEY = 'binhyen.scheme';

export function colourScheme(): Scheme {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function rememberScheme(scheme: Scheme): void {
  localStorage.setItem(KEY, scheme);
}
