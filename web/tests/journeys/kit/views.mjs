// The main views: what the visual snapshots and the pictures of the README show.
import { join } from 'node:path';
import { browser, DESKTOP, HOME, PHONE, ready, watched } from './browser.mjs';

const AREA = 'area=20335';
const COMPARED = 'edition=2025-01&level=district&mode=compare&compare=502,503';

/** Every view with the screens on which it is looked at: width, language, colours. */
const EVERYWHERE = ['desktop', 'phone'].flatMap((screen) =>
  ['vi', 'en'].flatMap((lang) => ['light', 'dark'].map((scheme) => ({ screen, lang, scheme }))),
);
const ACROSS = EVERYWHERE.filter(
  ({ screen, lang, scheme }) => (screen === 'desktop') === ((lang === 'vi') === (scheme === 'light')),
);

export const VIEWS = [
  { name: 'map', path: '', fragment: '', screens: EVERYWHERE },
  { name: 'area', path: '', fragment: AREA, screens: ACROSS },
  { name: 'statutory', path: '', fragment: 'layer=statutory', screens: ACROSS.slice(0, 1) },
  { name: 'density', path: '', fragment: 'layer=density&show=models', screens: ACROSS.slice(0, 1) },
  { name: 'table', path: '', fragment: 'mode=table', screens: ACROSS },
  { name: 'compare', path: '', fragment: COMPARED, screens: ACROSS },
  { name: 'periods', path: '', fragment: 'mode=compare&window=3N-2025&against=TK-2022', screens: ACROSS.slice(0, 1) },
  { name: 'embed', path: 'embed', fragment: 'interactive=1', screens: ACROSS.slice(0, 2) },
  { name: 'docs', path: 'docs', fragment: '', screens: ACROSS.slice(0, 2) },
];

/** Opens `view` on `screen`, gives the page to `look`, and closes it. */
export async function seen(view, { screen, lang, scheme }, look) {
  const size = screen === 'phone' ? PHONE : DESKTOP;
  const context = await browser.newContext({ ...size, colorScheme: scheme, locale: 'vi-VN', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const wrong = watched(context, page);
  try {
    const fragment = [view.fragment, `lang=${lang}`].filter(Boolean).join('&');
    await page.goto(`${HOME}${view.path}#${fragment}`, { waitUntil: 'domcontentloaded' });
    await (view.path === '' ? ready(page) : page.waitForFunction(() => document.documentElement.dataset.state === 'ready'));
    // Labels fade in, answers of the panel arrive.
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    return { seen: await look(page), wrong };
  } finally {
    await context.close();
  }
}

export function nameOf(view, { screen, lang, scheme }) {
  return [view.name, screen, lang, scheme].join('-');
}

/** The file of an approved snapshot: a folder for each view. */
export function fileOf(view, { screen, lang, scheme }) {
  return `${view.name}/${[screen, lang, scheme].join('-')}`;
}

export function pathIn(folder, name) {
  return join(folder, `${name}.png`);
}
