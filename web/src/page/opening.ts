/** What the reader sees when the page cannot start. */

import { Unreachable } from '../api/client';
import { messagesIn } from '../i18n/messages';
import { element, refill } from '../parts/element';
import { place } from './places';

/** Says that the page could not start, in the language of the address, and offers to try again. */
export function failedToOpen(error: unknown): void {
  const lang = new URLSearchParams(location.hash.slice(1)).get('lang') === 'en' ? 'en' : 'vi';
  const { say } = messagesIn(lang);
  const text =
    error instanceof Unreachable
      ? say('state.offline.first')
      : say('state.refused', { reason: error instanceof Error ? error.message : String(error) });
  document.documentElement.dataset['state'] = 'failed';
  const again = element('button', { type: 'button', click: () => location.reload() }, say('state.retry'));
  refill(place('notices'), element('p', { class: 'notice', role: 'alert' }, text, ' ', again));
}
