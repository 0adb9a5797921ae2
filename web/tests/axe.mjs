// Looks at every view of the page with axe-core, in both languages and all colours, wide and narrow:
//   BINHYEN_URL=http://127.0.0.1:8080/ node tests/axe.mjs [words…]
// Prints a table of views and what was found; exit code 1 when anything was. Only views that hold one of the words, if any.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { browser, DESKTOP, HOME, meta, PHONE, ready } from './journeys/kit/browser.mjs';

const words = process.argv.slice(2);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCHEMES = ['light', 'dark', 'contrast'];
/** As wide as a desktop page at 200 %. */
const ZOOMED = { viewport: { width: 720, height: 450 } };

const rows = (await (await fetch(new URL('ratings?level=commune', HOME))).json()).areas;
const [first, second] = rows.filter((row) => /^[A-E]$/.test(row.grade ?? '')).map((row) => row.code);
const hidden = rows.find((row) => row.grade === 'suppressed')?.code ?? first;
const styles = await Promise.all(SCHEMES.map(async (scheme) => [scheme, (await fetch(new URL(`styles/${scheme}`, HOME))).ok]));
const schemes = styles.filter(([, isThere]) => isThere).map(([scheme]) => scheme);
const pressed = (key) => async (page) => page.keyboard.press(key);

/** Where each view is, how wide, and what is done there first. */
const VIEWS = {
  map: ['', DESKTOP],
  'map, area': [`#area=${first}`, DESKTOP],
  'map, area not published': [`#area=${hidden}`, DESKTOP],
  'map, older edition, districts': [`#edition=${meta.editions[0].id}&level=district`, DESKTOP],
  table: ['#mode=table', DESKTOP],
  'table, area': [`#mode=table&area=${first}&compare=${first}`, DESKTOP],
  'compare, empty': ['#mode=compare', DESKTOP],
  'compare, two areas': [`#mode=compare&compare=${first},${second}`, DESKTOP, (page) => page.waitForSelector('#compare-series')],
  'compare, one area': [`#mode=compare&area=${first}`, DESKTOP, (page) => page.waitForSelector('#compare-series')],
  'compare, two periods': [
    '#mode=compare&window=TK-2025&against=TK-2024',
    DESKTOP,
    (page) => page.waitForSelector('.conclusions'),
  ],
  'compare, changes': ['#mode=compare&window=TK-2025&against=TK-2024', DESKTOP, (page) => page.click('#compare-map-difference')],
  'search, open': ['', DESKTOP, pressed('/')],
  'search, typed': ['', DESKTOP, (page) => page.keyboard.press('/').then(() => page.keyboard.type('tam'))],
  'search, nothing found': ['', DESKTOP, (page) => page.keyboard.press('/').then(() => page.keyboard.type('zzzz'))],
  'dialog, keys': ['', DESKTOP, pressed('?')],
  'dialog, share': ['', DESKTOP, (page) => page.click('#share-open')],
  'zoomed to 200 %': [`#area=${first}`, ZOOMED],
  'zoomed to 200 %, table': ['#mode=table', ZOOMED],
  phone: ['', PHONE],
  'phone, sheet half': [`#area=${first}`, PHONE],
  'phone, sheet full': [`#area=${first}`, PHONE, (page) => page.tap('#sheet-up')],
  'phone, filters': ['', PHONE, (page) => page.tap('#menu')],
  'phone, table': ['#mode=table', PHONE],
  'phone, compare': [`#mode=compare&compare=${first},${second}`, PHONE],
  'phone, search': ['', PHONE, (page) => page.tap('#search-open')],
};

/** The pages beside the map, where they are built. */
const PAGES = ['docs', 'embed'];

async function violations(page) {
  await page.evaluate(AXE);
  const { violations: found, passes } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), TAGS);
  // A page that has nothing to find fault with has not been looked at.
  if (passes.length < 10) throw new Error(`only ${passes.length} rules found something to look at on ${page.url()}`);
  return found.map(({ id, impact, nodes }) => ({ id, impact, targets: nodes.map((node) => node.target.join(' ')) }));
}

async function looked(scheme, lang, [fragment, options, act]) {
  const context = await browser.newContext({ locale: 'vi-VN', reducedMotion: 'reduce', ...options });
  await context.addInitScript((choice) => localStorage.setItem('binhyen.scheme', choice), scheme);
  const page = await context.newPage();
  await page.goto(`${HOME}${fragment === '' ? '#' : `${fragment}&`}lang=${lang}`, { waitUntil: 'domcontentloaded' });
  await ready(page);
  await act?.(page);
  await page.waitForTimeout(300);
  const found = await violations(page);
  await context.close();
  return found;
}

async function lookedAtPage(path, lang) {
  const context = await browser.newContext({ locale: 'vi-VN', ...DESKTOP });
  const page = await context.newPage();
  const answer = await page.goto(`${HOME}${path}#lang=${lang}`, { waitUntil: 'load' });
  const found = answer.ok() ? await violations(page) : null;
  await context.close();
  return found;
}

let total = 0;
const details = new Map();
function told(view, lang, scheme, found) {
  total += found.length;
  console.log(`| ${view} | ${lang} | ${scheme} | ${found.length === 0 ? '0' : found.map(({ id }) => id).join(', ')} |`);
  for (const { id, impact, targets } of found) details.set(`${id} (${impact}): ${targets.slice(0, 3).join(' · ')}`, view);
}

const isWanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
console.log(`| view | language | colours | violations |\n|---|---|---|---|`);
for (const [name, view] of Object.entries(VIEWS).filter(([name]) => isWanted(name)))
  for (const lang of ['vi', 'en']) for (const scheme of schemes) told(name, lang, scheme, await looked(scheme, lang, view));
for (const path of PAGES.filter(isWanted))
  for (const lang of ['vi', 'en']) {
    const found = await lookedAtPage(path, lang);
    if (found) told(path, lang, 'light', found);
  }
await browser.close();
for (const [text, view] of details) console.log(`${view}: ${text}`);
console.log(`${total} violations; colours looked at: ${schemes.join(', ')}`);
process.exit(total > 0 ? 1 : 0);
