// Checks every view of the page with axe-core, in both languages and all colours, wide and narrow:
//   BINHYEN_URL=http://127.0.0.1:8080/ node tests/axe.mjs [words…]
// Prints a table of views and what was found; exit code 1 when anything was. Only views that hold one of the words, if any.
// A view is loaded once, and language and colours are changed in it, except where its first steps cannot be done twice.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { browser, DESKTOP, HOME, meta, PHONE, ready } from './journeys/kit/browser.mjs';

const words = process.argv.slice(2);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCHEMES = ['light', 'dark', 'contrast'];
/** All that colours can change: a scheme alters no element, so the other rules find in every scheme what they found in the first. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/** As wide as a desktop page at 200 %. */
const ZOOMED = { viewport: { width: 720, height: 450 } };

const rows = (await (await fetch(new URL('ratings?level=commune', HOME))).json()).areas;
const [first, second] = rows.filter((row) => /^[A-E]$/.test(row.grade ?? '')).map((row) => row.code);
const hidden = rows.find((row) => row.grade === 'suppressed')?.code ?? first;
const styles = await Promise.all(SCHEMES.map(async (scheme) => [scheme, (await fetch(new URL(`styles/${scheme}`, HOME))).ok]));
const schemes = styles.filter(([, isThere]) => isThere).map(([scheme]) => scheme);
const pressed = (key) => async (page) => page.keyboard.press(key);
const typed = (word) => (page) => page.keyboard.press('/').then(() => page.keyboard.type(word));

/** Where each view is, how wide, and what is done there first; `fresh` where that cannot be done twice on one page. */
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
  'search, open': ['', DESKTOP, pressed('/'), 'fresh'],
  'search, typed': ['', DESKTOP, typed('tam'), 'fresh'],
  'search, nothing found': ['', DESKTOP, typed('zzzz'), 'fresh'],
  'dialog, keys': ['', DESKTOP, (page) => pressed('?')(page).then(() => page.waitForSelector('#keys-dialog[open]')), 'fresh'],
  'dialog, share': ['', DESKTOP, (page) => page.click('#share-open').then(() => page.waitForSelector('#share[open]')), 'fresh'],
  'zoomed to 200 %': [`#area=${first}`, ZOOMED],
  'zoomed to 200 %, table': ['#mode=table', ZOOMED],
  phone: ['', PHONE],
  'phone, sheet half': [`#area=${first}`, PHONE],
  'phone, sheet full': [`#area=${first}`, PHONE, (page) => page.tap('#sheet-up'), 'fresh'],
  'phone, filters': ['', PHONE, (page) => page.tap('#menu')],
  'phone, table': ['#mode=table', PHONE],
  'phone, compare': [`#mode=compare&compare=${first},${second}`, PHONE],
  'phone, search': ['', PHONE, (page) => page.tap('#search-open'), 'fresh'],
};

/** The pages beside the map, where they are built. */
const PAGES = ['docs', 'embed'];

async function violations(page, runOnly = TAGS) {
  await page.evaluate(AXE);
  const { violations: found, passes } = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only }), runOnly);
  // A page that has nothing to find fault with has not been checked.
  const least = runOnly === TAGS ? 10 : 1;
  if (passes.length < least) throw new Error(`only ${passes.length} rules found something to check on ${page.url()}`);
  return found.map(({ id, impact, nodes }) => ({ id, impact, targets: nodes.map((node) => node.target.join(' ')) }));
}

async function openedIn(context, fragment, lang) {
  const page = await context.newPage();
  await page.goto(`${HOME}${fragment === '' ? '#' : `${fragment}&`}lang=${lang}`, { waitUntil: 'domcontentloaded' });
  await ready(page);
  return page;
}

/** Changes language and colours by the page's own controls, which on a phone may lie folded away. */
async function changeTo(page, lang, scheme) {
  await page.evaluate(
    ([language, choice]) => {
      if (document.documentElement.lang !== language) document.getElementById(`lang-${language}`).click();
      const select = document.getElementById('scheme');
      select.value = choice;
      select.dispatchEvent(new Event('change'));
    },
    [lang, scheme],
  );
  const isChanged = ([language, choice]) =>
    document.documentElement.lang === language && document.documentElement.dataset.scheme === choice;
  await page.waitForFunction(isChanged, [lang, scheme]);
  await ready(page);
}

/** What axe finds in a view, in each language and scheme. */
async function checkView(name, [fragment, options, act, again]) {
  const context = await browser.newContext({ locale: 'vi-VN', reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  let page = null;
  for (const lang of ['vi', 'en'])
    for (const [index, scheme] of schemes.entries()) {
      if (page === null || again === 'fresh') {
        await page?.close();
        page = await openedIn(context, fragment, lang);
      }
      await changeTo(page, lang, scheme);
      await act?.(page);
      await page.waitForTimeout(300);
      report(name, lang, scheme, await violations(page, index === 0 ? TAGS : COLOUR_RULES));
    }
  await context.close();
}

async function checkPage(path, lang) {
  const context = await browser.newContext({ locale: 'vi-VN', ...DESKTOP });
  const page = await context.newPage();
  const answer = await page.goto(`${HOME}${path}#lang=${lang}`, { waitUntil: 'load' });
  const found = answer.ok() ? await violations(page) : null;
  await context.close();
  return found;
}

let total = 0;
const details = new Map();
function report(view, lang, scheme, found) {
  total += found.length;
  console.log(`| ${view} | ${lang} | ${scheme} | ${found.length === 0 ? '0' : found.map(({ id }) => id).join(', ')} |`);
  for (const { id, impact, targets } of found) details.set(`${id} (${impact}): ${targets.slice(0, 3).join(' · ')}`, view);
}

const isWanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
console.log(`| view | language | colours | violations |\n|---|---|---|---|`);
const chosen = Object.entries(VIEWS).filter(([name]) => isWanted(name));
/** Two views at a time: while one draws its map the other is checked. */
async function worker() {
  for (let next = chosen.shift(); next; next = chosen.shift()) await checkView(...next);
}
await Promise.all([worker(), worker()]);
for (const path of PAGES.filter(isWanted))
  for (const lang of ['vi', 'en']) {
    const found = await checkPage(path, lang);
    if (found) report(path, lang, 'light', found);
  }
await browser.close();
for (const [text, view] of details) console.log(`${view}: ${text}`);
console.log(`${total} violations; colours checked: ${schemes.join(', ')}`);
process.exit(total > 0 ? 1 : 0);
