/** Light, dark or high contrast: the reader's last choice, else the device's. Each is a style of the same name. */

export const SCHEMES = ['light', 'dark', 'contrast'] as const;
export type Scheme = (typeof SCHEMES)[number];
export const SCHEME_CHOICES = ['system', ...SCHEMES] as const;
export type SchemeChoice = (typeof SCHEME_CHOICES)[number];

const KEY = 'binhyen.scheme';
const WISHES: readonly (readonly [query: string, scheme: Scheme])[] = [
  ['(prefers-contrast: more)', 'contrast'],
  ['(prefers-color-scheme: dark)', 'dark'],
];

/** What the reader chose; `system` where the device decides. */
export function chosenScheme(): SchemeChoice {
  const kept = localStorage.getItem(KEY);
  return SCHEMES.find((scheme) => scheme === kept) ?? 'system';
}

/** The scheme that a choice means on this device. */
export function colourScheme(choice: SchemeChoice = chosenScheme()): Scheme {
  if (choice !== 'system') return choice;
  return WISHES.find(([query]) => matchMedia(query).matches)?.[1] ?? 'light';
}

export function rememberScheme(choice: SchemeChoice): void {
  if (choice === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
}

/** The scheme after this one, for a button that goes round. */
export function nextScheme(scheme: Scheme): Scheme {
  return SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? 'light';
}

/** Calls `changed` when the device comes to wish for another scheme. */
export function watchDevice(changed: () => void): void {
  for (const [query] of WISHES) matchMedia(query).addEventListener('change', changed);
}
