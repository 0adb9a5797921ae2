/** The page for portal makers: how to embed the map and use its numbers, with snippets that run beside their text. */

import './css/apart/docs.css';
import { askAsPublic } from './api/token';
import { fetchMeta } from './api/client';
import { fetchFramePolicy } from './api/framing';
import type { Meta } from './api/types';
import { codeBlock } from './docs/code_block';
import { liveComponent, liveFrame, livePicture, runButton } from './docs/live';
import { parameterTable } from './docs/parameters';
import { type SnippetId, snippets } from './docs/snippets';
import { type DocsKey, docsWords, type Say } from './docs/words';
import { embedWords } from './embed/words';
import { region } from './parts/elements/dom';
import { type Content, node, fill } from './parts/elements/dom';
import { colourScheme } from './view/scheme';
import { type Framing, framingIn } from './view/share/framing';
import type { Language } from './view/view';

const HOME = new URL('.', document.baseURI).href;

function header(lang: Language, say: Say): HTMLElement[] {
  const other = (to: Language, name: string): HTMLElement =>
    node(
      'a',
      { href: to === 'en' ? '#lang=en' : '#lang=vi', lang: to, hreflang: to, 'aria-current': lang === to ? 'true' : null },
      name,
    );
  return [
    node('a', { class: 'home', href: lang === 'en' ? './#lang=en' : './' }, node('strong', {}, 'Bình Yên'), ` · ${say('home')}`),
    node('nav', { 'aria-label': 'Ngôn ngữ / Language' }, other('vi', 'Tiếng Việt'), other('en', 'English')),
  ];
}

function chapter(id: DocsKey & (SnippetId | 'parameters' | 'limits'), say: Say, ...children: Content[]): HTMLElement {
  return node('section', { id }, node('h2', {}, say(id)), ...children);
}

const FRAMING: Record<Framing['who'], DocsKey> = {
  any: 'framing.any',
  own: 'framing.own',
  nobody: 'framing.nobody',
  listed: 'framing.listed',
  unknown: 'framing.unknown',
};

/** Who may frame the map of this very server. */
function framingText({ who, sites }: Framing, say: Say): string {
  return say(FRAMING[who]).replace('{sites}', sites.join(', '));
}

function snippetChapters(lang: Language, framing: Framing, say: Say): HTMLElement[] {
  const texts = snippets(HOME, embedWords(lang)('title'));
  const one = (id: SnippetId, ...live: Content[]): HTMLElement =>
    chapter(id, say, node('p', {}, say(`${id}.text`)), codeBlock(id, texts[id], say), ...live);
  return [
    one('frame', liveFrame(HOME, embedWords(lang)('title'))),
    one('framing', node('p', { id: 'framing-here' }, framingText(framing, say))),
    one('height'),
    one('component', liveComponent(HOME, lang)),
    one('oembed', runButton('oembed', HOME, say)),
    one('png', livePicture(HOME, lang)),
    one('geojson', runButton('geojson', HOME, say)),
    one('csv', node('p', {}, node('a', { href: `${HOME}ratings?level=commune&f=csv` }, say('csv.link')))),
    one('tiles', runButton('tiles', HOME, say)),
    one('policy'),
  ];
}

function limits(meta: Meta | null, say: Say): HTMLElement {
  const keys: DocsKey[] = ['limits.public', 'limits.released', 'limits.small', 'limits.source'];
  if (meta?.sample) keys.push('limits.sample');
  return chapter('limits', say, node('ul', {}, ...keys.map((key) => node('li', {}, say(key)))));
}

/** The fragment belongs to the language, so the contents move to their chapter themselves. */
function contents(chapters: HTMLElement[], say: Say): HTMLElement {
  const entry = (chapter: HTMLElement): HTMLElement => {
    const go = (): void => {
      chapter.scrollIntoView();
      chapter.querySelector('h2')?.focus();
    };
    chapter.querySelector('h2')?.setAttribute('tabindex', '-1');
    return node('li', {}, node('button', { type: 'button', click: go }, chapter.querySelector('h2')?.textContent));
  };
  return node('nav', { 'aria-label': say('contents') }, node('ul', { class: 'contents' }, ...chapters.map(entry)));
}

function draw(meta: Meta | null, framing: Framing): void {
  const lang = new URLSearchParams(location.hash.slice(1)).get('lang') === 'en' ? 'en' : 'vi';
  const say = docsWords(lang);
  document.documentElement.lang = lang;
  document.title = `${say('title')} · Bình Yên`;
  const table = meta && chapter('parameters', say, node('p', {}, say('parameters.text')), parameterTable(meta, say));
  const chapters = [...snippetChapters(lang, framing, say), ...(table ? [table] : []), limits(meta, say)];
  fill(region('header'), ...header(lang, say));
  fill(
    region('docs'),
    node('h1', {}, say('title')),
    node('p', { class: 'lead' }, say('lead')),
    contents(chapters, say),
    ...chapters,
  );
  document.documentElement.dataset['state'] = 'ready';
}

askAsPublic();
document.documentElement.dataset['scheme'] = colourScheme();
const [meta, policy] = await Promise.all([fetchMeta().catch(() => null), fetchFramePolicy()]);
const framing = framingIn(policy);
draw(meta, framing);
addEventListener('hashchange', () => draw(meta, framing));
