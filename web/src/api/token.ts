/** The role token: typed by the reader or taken once from the fragment of a start link, kept for this tab only, sent as a header and never in an address. */

const KEY = 'binhyen.token';
let asks: 'in its role' | 'as the public' = 'in its role';

/** From now on no request carries a role, and the tab's storage is not read: frames on other sites may not even have one. */
export function askAsPublic(): void {
  asks = 'as the public';
}

/** Asked before any words are loaded. */
const REPLACE =
  'Liên kết này muốn thay mã truy cập bạn đang dùng bằng một mã khác. Có thay không? · ' +
  'This link wants to replace the access token you are using with another one. Replace it?';

/**
 * Moves `token=…` from the fragment into the tab's storage and out of the address bar. A token that is in use is only
 * replaced when the reader says so: a link of somebody else could otherwise put him into another role without his knowing.
 */
export function adoptTokenFromFragment(): void {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get('token');
  if (token === null) return;
  fragment.delete('token');
  const used = sessionStorage.getItem(KEY);
  if (used === null || used === token || confirm(REPLACE)) {
    if (token === '') forgetToken();
    else keepToken(token);
  }
  const rest = fragment.toString();
  history.replaceState(null, '', rest === '' ? location.pathname + location.search : `#${rest}`);
}

/** Keeps a token for this tab. */
export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

/** What keeps a tab signed in at a provider; goes with the token. */
export const SESSION = 'binhyen.session';

/** Removes the token from the tab, with what would renew it. */
export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(SESSION);
}

/** Whether this tab holds a token. */
export function hasToken(): boolean {
  return sessionStorage.getItem(KEY) !== null;
}

/** Whether this tab was signed in at a provider that renews its token. */
export function hasSession(): boolean {
  return sessionStorage.getItem(SESSION) !== null;
}

/** The headers that carry the role to `url`: none when it lies on another origin. */
export function roleHeaders(url: string): Record<string, string> {
  if (asks === 'as the public') return {};
  const token = sessionStorage.getItem(KEY);
  if (token === null || new URL(url, document.baseURI).origin !== location.origin) return {};
  return { Authorization: `Bearer ${token}` };
}
