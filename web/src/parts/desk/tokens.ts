/** The tokens in use: by whom they are held, what they open, and how much they were used since the server was started. */

import type { Tokens } from '../../api/roles/desk';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

const COLUMNS = ['label', 'role', 'fingerprint', 'requests', 'last', 'expires'] as const;

function row({ messages, numbers }: Scene, token: Tokens['tokens'][number]): Drawn {
  const last = token.last_used_on ? numbers.day(token.last_used_on) : messages.say('desk.token.never');
  const state = token.state !== 'valid' && element('small', {}, messages.say(`desk.token.${token.state}`));
  const end = token.expires ? numbers.moment(new Date(token.expires)) : messages.say('desk.token.unlimited');
  const scope = token.scope === 'local_sample' && element('small', {}, messages.say('desk.token.sample'));
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, token.label, scope && ' ', scope, state && ' ', state),
    element('td', {}, messages.say(`role.${token.role}`)),
    element('td', { class: 'wide-only' }, element('code', {}, token.fingerprint)),
    element('td', { class: 'number' }, numbers.count(token.requests)),
    element('td', {}, last),
    element('td', { class: 'wide-only' }, end),
  );
}

/** The table of tokens, or that there are none. */
export function tokenParts(scene: Scene, { tokens, counted_since: since }: Tokens): Child[] {
  const { messages, numbers } = scene;
  if (tokens.length === 0) return [element('p', {}, messages.say('desk.tokens.none'))];
  const heads = COLUMNS.map((name) => {
    const classes = name === 'requests' ? 'number' : name === 'fingerprint' || name === 'expires' ? 'wide-only' : null;
    return element('th', { scope: 'col', class: classes }, messages.say(`desk.token.${name}`));
  });
  return [
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...heads)),
      element('tbody', {}, ...tokens.map((token) => row(scene, token))),
    ),
    element('p', { class: 'quiet' }, messages.say('desk.tokens.since', { since: numbers.moment(new Date(since)) })),
    element('p', { class: 'quiet' }, messages.say('desk.tokens.revoke')),
  ];
}
