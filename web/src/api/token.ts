/** The role token: taken once from the fragment of a start link, kept for this tab only, sent as a header and never in an address. */

const KEY = 'binhyen.token';
let asks: 'in its role' | 'as the public' = 'in its role';

/** From now on no request carries a role, and the tab's storage is not read: frames on other sites may not even have one. */
export function askAsPublic(): void {
  asks = 'as the public';
}

/** Moves `token=…` from the fragment into the tab's storage and out of the address bar. */
export function adoptTokenFromFragment(): void {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get('token');
  if (token === null) return;
  fragment.delete('token');
  if (token === '') forgetToken();
  else sessionStorage.setItem(KEY, token);
  const rest = fragment.toString();
  history.replaceState(null, '', rest === '' ? location.pathname + location.search : `#${rest}`);
}

/** Removes the token from the tab. */
export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
}

/** Whether this tab holds a token. */
export function hasToken(): boolean {
  return sessionStorage.getItem(KEY) !== null;
}

/** The headers that carry the role to `url`: none when it lies on another origin. */
export function roleHeaders(url: string): Record<string, string> {
  if (asks === 'as the public') return {};
  const token = sessionStorage.getItem(KEY);
  if (token === null || new URL(url, document.baseURI).origin !== location.origin) return {};
  return { Authorization: `Bearer ${token}` };
}
