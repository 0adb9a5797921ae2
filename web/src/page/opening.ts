/** How the page starts: what it stands on is fetched first; and what the reader sees when that cannot be had. */

import { fetchMeta, fetchStyle, Problem, speak, Unreachable } from '../api/client';
import type { Return } from '../api/roles/provider';
import { forgetToken, hasToken } from '../api/token';
import { learnWords } from '../i18n/catalogue';
import { type MessageKey, type Messages, messagesIn } from '../i18n/messages';
import { fill, node, region } from '../parts/elements/dom';
import { colourScheme } from '../view/scheme';
import { languageOf, readView } from '../view/view';
import { Page } from './page';

/** Where not even the words could be had. */
const WORDLESS = 'Chưa nối được với máy chủ. · The server could not be reached.';

/** What is said where the token was not taken: no longer good, or that of an account without a role. */
let refusal: MessageKey = 'state.token';

/** What is said of how a sign-in at a provider ended. */
const RETURNS: Record<Return, MessageKey | null> = {
  none: null,
  'signed in': null,
  refused: 'state.sign-in.refused',
  unreachable: 'state.sign-in.unreachable',
};

/** Asks again without the token when it opens nothing (any more): nobody is locked out of the public map. */
function orAsPublic<T>(ask: () => Promise<T>): Promise<T> {
  return ask().catch((error: unknown) => {
    if (!(error instanceof Problem) || ![401, 403].includes(error.status)) throw error;
    if (error.status === 403) refusal = 'state.sign-in.no-role';
    forgetToken();
    return ask();
  });
}

/** Fetches what the page stands on, draws it, and keeps it fresh. What is to be said of how it was reached is said. */
export async function openPage(back: Return): Promise<void> {
  const lang = languageOf(location.hash);
  speak(lang);
  const scheme = colourScheme();
  const hadToken = hasToken();
  const [meta, style] = await Promise.all([orAsPublic(fetchMeta), orAsPublic(() => fetchStyle(scheme)), learnWords(lang)]);
  const page = new Page({ meta, style, view: readView(location.hash, meta) }, scheme);
  await page.begin(hadToken && !hasToken() ? refusal : RETURNS[back]);
}

/** Says that the page could not start, in the language of the address, and offers to try again. */
export async function failedToOpen(error: unknown): Promise<void> {
  const lang = languageOf(location.hash);
  const hasWords = await learnWords(lang).then(
    () => true,
    () => false,
  );
  document.documentElement.dataset['state'] = 'failed';
  if (hasWords) offerAgain(error, messagesIn(lang));
  else fill(region('notices'), node('p', { class: 'notice', role: 'alert' }, WORDLESS));
}

function offerAgain(error: unknown, { say }: Messages): void {
  const text =
    error instanceof Unreachable
      ? // Nothing that was asked for in a role is kept on the device.
        say(hasToken() ? 'state.role.offline' : 'state.offline.first')
      : say('state.refused', { reason: error instanceof Error ? error.message : String(error) });
  const again = node('button', { type: 'button', click: () => location.reload() }, say('state.retry'));
  fill(region('notices'), node('p', { class: 'notice', role: 'alert' }, text, ' ', again));
}
