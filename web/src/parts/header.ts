/** The top line: whose page, sample or real, which language, light or dark, and in which role. */

import type { Language } from '../view/view';
import { element, icon } from './element';
import type { Scene } from './scene';

export interface HeaderActions {
  switchTheme(): void;
  leaveRole: (() => void) | null;
}

function languageButton(scene: Scene, lang: Language, name: string): HTMLElement {
  return element(
    'button',
    {
      id: `lang-${lang}`,
      type: 'button',
      lang,
      title: name,
      'aria-pressed': String(scene.view.lang === lang),
      click: () => scene.change({ lang }),
    },
    lang.toUpperCase(),
  );
}

function roleMark(scene: Scene, leaveRole: (() => void) | null): HTMLElement {
  const { messages, meta } = scene;
  const key = `role.${meta.role}`;
  const name = messages.has(key) ? messages.say(key) : meta.role;
  if (!leaveRole) return element('span', { class: 'role', title: messages.say('role') }, name);
  return element(
    'button',
    { id: 'role', type: 'button', class: 'role', title: messages.say('role.leave'), click: leaveRole },
    name,
    element('span', { 'aria-hidden': 'true' }, ' ×'),
  );
}

export function headerParts(scene: Scene, actions: HeaderActions): HTMLElement[] {
  const { messages } = scene;
  return [
    element('a', { class: 'skip', href: '#area-list', click: skipToList }, messages.say('skip')),
    element('h1', {}, element('strong', {}, 'Bình Yên'), element('span', { class: 'subtitle' }, messages.say('title'))),
    scene.meta.sample || scene.ratings?.sample
      ? element('p', { class: 'sample', title: messages.say('sample.hint') }, messages.say('sample'))
      : null,
    element(
      'div',
      { class: 'languages', role: 'group', 'aria-label': messages.say('language') },
      languageButton(scene, 'vi', 'Tiếng Việt'),
      languageButton(scene, 'en', 'English'),
    ),
    element(
      'button',
      {
        id: 'theme',
        type: 'button',
        class: 'icon',
        title: messages.say('theme.toggle'),
        'aria-label': messages.say('theme.toggle'),
        click: actions.switchTheme,
      },
      icon('M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18'),
    ),
    roleMark(scene, actions.leaveRole),
  ].filter((part) => part !== null);
}

/** The fragment belongs to the view, so the skip link moves the focus itself. */
function skipToList(event: Event): void {
  event.preventDefault();
  document.dispatchEvent(new CustomEvent('binhyen:open', { detail: 'list' }));
  document.getElementById('list-search')?.focus();
}
