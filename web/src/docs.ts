/** The page for portal makers: how to embed the map and use its numbers, with snippets that run beside their text. */

import './css/apart/docs.css';
import { askAsPublic } from './api/token';
import { fetchMeta } from './api/client';
import type { Meta } from './api/types';
import { codeBlock } from './docs/code_block';
import { liveComponent, liveFrame, livePicture, runButton } from './docs/live';
import { parameterTable } from './docs/parameters';
import { type SnippetId, snippets } from './docs/snippets';
import { type DocsKey, docsWords, type Say } from './docs/words';
import { embedWords } from './embed/words';
import { place } from './page/regions';
import { type Child, element, refill } from './parts/elements/element';
import { colourScheme } from './view/scheme';
import type { Language } from './view/view';

const HOME = new URL('.', document.baseURI).href;

function header(lang: Language, say: Say): HTMLElement[] {
  const other = (to: Language, name: string): HTMLElement =>
    element(
      'a',
      { href: to === 'en' ? '#lang=en' : '#lang=vi', lang: to, hreflang: to, 'aria-current': lang === to ? 'true' : null },
      name,
    );
  return [
    element(
      'a',
      { class: 'home', href: lang === 'en' ? './#lang=en' : './' },
      element('strong', {}, 'Bình Yên'),
      ` · ${say('home')}`,
    ),
    element('nav', { 'aria-label': 'Ngôn ngữ / Language' }, other('vi', 'Tiếng Việt'), other('en', 'English')),
  ];
}

function chapter(id: DocsKey & (SnippetId | 'parameters' | 'limits'), say: Say, ...children: Child[]): HTMLElement {
  return element('section', { id }, element('h2', {}, say(id)), ...children);
}

function snippetChapters(lang: Language, say: Say): HTMLElement[] {
  const texts = snippets(HOME, embedWords(lang)('title'));
  const one = (id: SnippetId, ...live: Child[]): HTMLElement =>
    chapter(id, say, element('p', {}, say(`${id}.text`)), codeBlock(id, texts[id], say), ...live);
  return [
    one('frame', liveFrame(HOME, embedWords(lang)('title'))),
    one('height'),
    one('component', liveComponent(HOME, lang)),
    one('oembed', runButton('oembed', HOME, say)),
    one('png', livePicture(HOME, lang)),
    one('geojson', runButton('geojson', HOME, say)),
    one('csv', element('p', {}, element('a', { href: `${HOME}ratings?level=commune&f=csv` }, say('csv.link')))),
    one('tiles', runButton('tiles', HOME, say)),
    one('policy', element('p', {}, say('policy.allowed'))),
  ];
}

function limits(meta: Meta | null, say: Say): HTMLElement {
  const keys: DocsKey[] = ['limits.public', 'limits.released', 'limits.small', 'limits.source'];
  if (meta?.sample) keys.push('limits.sample');
  return chapter('limits', say, element('ul', {}, ...keys.map((key) => element('li', {}, say(key)))));
}

/** The fragment belongs to the language, so the contents move to their chapter themselves. */
function contents(chapters: HTMLElement[], say: Say): HTMLElement {
  const entry = (node: HTMLElement): HTMLElement => {
    const go = (): void => {
      node.scrollIntoView();
      node.querySelector('h2')?.focus();
    };
    node.querySelector('h2')?.setAttribute('tabindex', '-1');
    return element('li', {}, element('button', { type: 'button', click: go }, node.querySelector('h2')?.textContent));
  };
  return element('nav', { 'aria-label': say('contents') }, element('ul', { class: 'contents' }, ...chapters.map(entry)));
}

function draw(meta: Meta | null): void {
  const lang = new URLSearchParams(location.hash.slice(1)).get('lang') === 'en' ? 'en' : 'vi';
  const say = docsWords(lang);
  document.documentElement.lang = lang;
  document.title = `${say('title')} · Bình Yên`;
  const table = meta && chapter('parameters', say, element('p', {}, say('parameters.text')), parameterTable(meta, say));
  const chapters = [...snippetChapters(lang, say), ...(table ? [table] : []), limits(meta, say)];
  refill(place('header'), ...header(lang, say));
  refill(
    place('docs'),
    element('h1', {}, say('title')),
    element('p', { class: 'lead' }, say('lead')),
    contents(chapters, say),
    ...chapters,
  );
  document.documentElement.dataset['state'] = 'ready';
}

askAsPublic();
document.documentElement.dataset['scheme'] = colourScheme();
const meta = await fetchMeta().catch(() => null);
draw(meta);
addEventListener('hashchange', () => draw(meta));
