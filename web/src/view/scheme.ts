/** The colours of the page: the reader's choice, or the device's. */

/** The colour schemes for which the server has styles. */
export const SCHEMES = ['light', 'dark', 'contrast'] as const;
/** One of the colour schemes. */
export type Scheme = (typeof SCHEMES)[number];
/** What the reader chose: one of the schemes, or to follow the device. */
export type SchemeChoice = Scheme | 'system';

const KEY = 'binhyen.scheme';

/** The choice kept on this device; until there is one, to follow the device. */
export function schemeChoice(): SchemeChoice {
  return SCHEMES.find((scheme) => scheme === localStorage.getItem(KEY)) ?? 'system';
}

/** The scheme on show under a choice. */
export function colourScheme(choice: SchemeChoice = schemeChoice()): Scheme {
  if (choice !== 'system') return choice;
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Keeps the choice on this device. */
export function rememberScheme(choice: SchemeChoice): void {
  if (choice === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
}

/** Calls `changed` when the device turns light, dark or high in contrast. */
export function watchScheme(changed: () => void): void {
  for (const query of ['(prefers-contrast: more)', '(prefers-color-scheme: dark)'])
    matchMedia(query).addEventListener('change', changed);
}
