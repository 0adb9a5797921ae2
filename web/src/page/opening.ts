/** What the reader sees when the page cannot start. */

import { Unreachable } from '../api/client';
import { learnWords } from '../i18n/catalogue';
import { type Messages, messagesIn } from '../i18n/messages';
import { element, refill } from '../parts/elements/element';
import { languageOf } from '../view/view';
import { place } from './regions';

/** Where not even the words could be had. */
const WORDLESS = 'Chưa nối được với máy chủ. · The server could not be reached.';

/** Says that the page could not start, in the language of the address, and offers to try again. */
export async function failedToOpen(error: unknown): Promise<void> {
  const lang = languageOf(location.hash);
  const heard = await learnWords(lang).then(
    () => true,
    () => false,
  );
  document.documentElement.dataset['state'] = 'failed';
  if (heard) offerAgain(error, messagesIn(lang));
  else refill(place('notices'), element('p', { class: 'notice', role: 'alert' }, WORDLESS));
}

function offerAgain(error: unknown, { say }: Messages): void {
  const text =
    error instanceof Unreachable
      ? say('state.offline.first')
      : say('state.refused', { reason: error instanceof Error ? error.message : String(error) });
  const again = element('button', { type: 'button', click: () => location.reload() }, say('state.retry'));
  refill(place('notices'), element('p', { class: 'notice', role: 'alert' }, text, ' ', again));
}
