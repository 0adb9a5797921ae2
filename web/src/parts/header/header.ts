/**
 * The top line: whose page, sample or real, the search, and what the reader chooses for himself: language, colours, role.
 * On a narrow screen those choices stand at the end of the sheet of layers and periods, which the menu button opens.
 */

import { isPublished } from '../../api/published/mark';
import { type Language } from '../../view/view';
import { type SchemeChoice, SCHEMES } from '../../view/scheme';
import { effect } from '@preact/signals-core';
import { node } from '../elements/dom';
import { type Child, draw, type Drawn, element, icon, valueIn } from '../elements/element';
import { NARROW } from '../elements/screen';
import type { Scene } from '../scene';
import { SearchField } from '../search/search_field';

/** What the reader does in the header that no view holds. */
export interface HeaderActions {
  /** The choice of colours as it stands; read while drawing, so it follows a signal. */
  scheme(): SchemeChoice;
  chooseScheme(choice: SchemeChoice): void;
}

/** What the page listens to from afar: `binhyen:dialog` with the name of a dialog, `binhyen:open` with that of a part. */
function send(event: 'binhyen:dialog' | 'binhyen:open' | 'binhyen:print', detail: string): void {
  document.dispatchEvent(new CustomEvent(event, { detail }));
}

function sign(id: string, label: string, strokes: string, click: () => void): Drawn {
  return element('button', { id, type: 'button', class: 'icon', title: label, 'aria-label': label, click }, icon(strokes));
}

function languageButton(scene: Scene, lang: Language, name: string): Drawn {
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
    element('span', { class: 'unseen' }, ` ${name}`),
  );
}

function roleName({ messages, meta }: Scene): string {
  const key = `role.${meta.role}`;
  return messages.has(key) ? messages.say(key) : meta.role;
}

const openRole = (): void => send('binhyen:dialog', 'role');

/** The role in which the reader looks; the public signs in here. */
function roleMark(scene: Scene): Drawn {
  const { messages, meta } = scene;
  const isPublic = meta.role === 'public';
  return element(
    'button',
    { id: 'role', type: 'button', class: 'role', 'aria-haspopup': 'dialog', click: openRole },
    element('span', { class: 'unseen' }, `${messages.say('role')}: `),
    element('span', { class: isPublic ? 'unseen' : null }, roleName(scene)),
    isPublic && element('span', {}, ` ${messages.say('role.sign-in')}`),
  );
}

function schemeSelect(scene: Scene, { scheme, chooseScheme }: HeaderActions): Drawn {
  const { messages } = scene;
  const chosen = scheme();
  const options = (['system', ...SCHEMES] as const).map((choice) =>
    element('option', { value: choice, selected: choice === chosen }, messages.say(`colours.${choice}`)),
  );
  const choose = (event: Event): void => chooseScheme(valueIn(event) as SchemeChoice);
  const select = element('select', { id: 'scheme', 'aria-label': messages.say('colours'), change: choose }, ...options);
  return element(
    'span',
    { class: 'scheme', title: messages.say('colours') },
    icon('M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18'),
    select,
  );
}

/** The way to tell something: in words, because it is for everybody. */
function reportButton({ messages }: Scene): Drawn {
  const click = (): void => send('binhyen:dialog', 'report');
  return element(
    'button',
    { id: 'report-open', type: 'button', class: 'role', 'aria-haspopup': 'dialog', click },
    messages.say('report.open'),
  );
}

function choiceParts(scene: Scene, actions: HeaderActions): (Drawn | false)[] {
  const { messages } = scene;
  const languages = element(
    'div',
    { class: 'languages', role: 'group', 'aria-label': messages.say('language') },
    languageButton(scene, 'vi', 'Tiếng Việt'),
    languageButton(scene, 'en', 'English'),
  );
  const print = 'M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z';
  const share = 'M12 15V4m0 0L8 8m4-4 4 4M5 12v8h14v-8';
  const wall = 'M3 5h18v11H3zM9 20h6M12 16v4';
  const keys = 'M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8';
  return [
    languages,
    schemeSelect(scene, actions),
    !isPublished && reportButton(scene),
    sign('keys-open', messages.say('keys'), keys, () => send('binhyen:dialog', 'keys')),
    sign('bookmarks-open', messages.say('bookmarks'), 'M7 4h10v16l-5-4-5 4z', () => send('binhyen:dialog', 'bookmarks')),
    sign('print-open', messages.say('print'), print, () => send('binhyen:print', '')),
    sign('wall-open', messages.say('wall.open'), wall, () => send('binhyen:dialog', 'wall')),
    sign('share-open', messages.say('share.open'), share, () => send('binhyen:dialog', 'share')),
    !isPublished && roleMark(scene),
  ];
}

/** Links to the main regions; the fragment belongs to the view, so they move the focus themselves. */
function skipLinks(scene: Scene): Drawn {
  const { messages, view } = scene;
  const to = (id: string, label: string, go: () => void): Drawn => {
    const click = (event: Event): void => {
      event.preventDefault();
      go();
    };
    return element('a', { class: 'skip', href: `#${id}`, click }, label);
  };
  const focus = (selector: string) => () => document.querySelector<HTMLElement>(selector)?.focus();
  const middle = {
    map: '#map canvas',
    table: '#table [role=grid] [tabindex="0"]',
    compare: '#compare h2',
    situation: '#situation h2',
    desk: '#desk h2',
    reports: '#report-queue-title',
  }[view.mode];
  return element(
    'nav',
    { class: 'skips', 'aria-label': messages.say('skip') },
    to('search-input', messages.say('skip.search'), () => send('binhyen:open', 'search')),
    to(view.mode, messages.say(`mode.${view.mode}`), focus(middle)),
    to('panel', messages.say('skip.panel'), () => send('binhyen:open', 'panel')),
  );
}

function leadParts({ messages, meta, ratings }: Scene): Child[] {
  const isSample = meta.sample || ratings?.sample === true;
  return [
    element('h1', {}, element('strong', {}, 'Bình Yên'), element('span', { class: 'subtitle' }, messages.say('title'))),
    isSample && element('p', { class: 'sample', title: messages.say('sample.hint') }, messages.say('sample')),
  ];
}

/** The header with the search; its choices move into the rail on a narrow screen. */
export class Header {
  readonly search: SearchField;
  private readonly lead = node('div', { class: 'lead' });
  private readonly skips = node('div');
  private readonly choices = node('div', { class: 'preferences' });
  private readonly menu = node('div', { class: 'menu' });

  constructor(
    scene: Scene,
    private readonly root: HTMLElement,
    private readonly rail: HTMLElement,
    actions: HeaderActions,
  ) {
    this.search = new SearchField(scene);
    root.replaceChildren(this.skips, this.lead, this.search.root, this.choices, this.menu);
    const settle = (): void => (NARROW.matches ? this.rail.append(this.choices) : this.menu.before(this.choices));
    NARROW.addEventListener('change', settle);
    settle();
    effect(() => draw(this.skips, skipLinks(scene)));
    effect(() => draw(this.lead, ...leadParts(scene)));
    effect(() => draw(this.choices, ...choiceParts(scene, actions)));
    effect(() => draw(this.menu, ...this.menuParts(scene)));
  }

  private menuParts(scene: Scene): (Drawn | false)[] {
    const { messages, meta } = scene;
    const person = 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.5-6 8-6s8 2 8 6';
    const role = meta.role === 'public' ? messages.say('role.sign-in') : `${messages.say('role')}: ${roleName(scene)}`;
    const bubble = 'M4 5h16v11H11l-5 4v-4H4zM12 8v3M12 13h.01';
    const lens = 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20';
    return [
      sign('search-open', messages.say('search'), lens, () => this.openSearch()),
      !isPublished && sign('report-open-narrow', messages.say('report.open'), bubble, () => send('binhyen:dialog', 'report')),
      !isPublished && sign('role-open', role, person, openRole),
      sign('menu', messages.say('menu'), 'M4 7h16M4 12h16M4 17h16', () => send('binhyen:open', 'rail')),
    ];
  }

  /** Brings the search up, where the screen is narrow over the whole line. */
  openSearch(): void {
    const from = document.activeElement;
    this.root.classList.add('searching');
    this.search.open(() => {
      this.root.classList.remove('searching');
      if (document.activeElement === document.body && from instanceof HTMLElement && from.isConnected) from.focus();
    });
  }
}
