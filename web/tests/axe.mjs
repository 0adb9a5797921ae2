// Checks every view of the page with axe-core, in both languages and all colours, wide and narrow:
//   BINHYEN_URL=http://127.0.0.1:8080/ node tests/axe.mjs [words…]
// Prints a table of views and what was found; exit code 1 when anything was. Only views that hold one of the words, if any.
// A view is loaded once, and language and colours are changed in it; what was opened in it is closed before and opened again
// after, or where that does not lead back, the view is loaded again.
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

/** Leaves the search: the first Escape takes a word away, the last the search itself. */
async function leaveSearch(page) {
  const isInSearch = () => document.activeElement?.id === 'search-input';
  await page.focus('#search-input');
  for (let presses = 0; presses < 3 && (await page.evaluate(isInSearch)); presses += 1) await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.id !== 'search-input');
}

/** For what has no way back that leaves everything as it was. */
async function reloaded(page) {
  await page.reload({ waitUntil: 'domcontentloaded' });
  await ready(page);
}

async function closeDialog(page) {
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('dialog[open]') === null);
}

/** Where each view is, how wide, what is done there first, and how that is undone where it cannot be done twice in a row. */
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
  'search, open': ['', DESKTOP, pressed('/'), leaveSearch],
  'search, typed': ['', DESKTOP, typed('tam'), leaveSearch],
  'search, nothing found': ['', DESKTOP, typed('zzzz'), leaveSearch],
  'dialog, keys': ['', DESKTOP, (page) => pressed('?')(page).then(() => page.waitForSelector('#keys-dialog[open]')), closeDialog],
  'dialog, share': ['', DESKTOP, (page) => page.click('#share-open').then(() => page.waitForSelector('#share[open]')), reloaded],
  'dialog, sign in': ['', DESKTOP, (page) => page.click('#role').then(() => page.waitForSelector('#access[open]')), closeDialog],
  'zoomed to 200 %': [`#area=${first}`, ZOOMED],
  'zoomed to 200 %, table': ['#mode=table', ZOOMED],
  phone: ['', PHONE],
  'phone, sheet half': [`#area=${first}`, PHONE],
  'phone, sheet full': [`#area=${first}`, PHONE, (page) => page.tap('#sheet-up'), reloaded],
  'phone, filters': ['', PHONE, (page) => page.tap('#menu')],
  'phone, table': ['#mode=table', PHONE],
  'phone, compare': [`#mode=compare&compare=${first},${second}`, PHONE],
  'phone, search': ['', PHONE, (page) => page.tap('#search-open'), reloaded],
};

/** The pages beside the map, where they are built. */
const PAGES = ['docs', 'embed'];

/** No element knows how finely the map is drawn, and no rule looks into a canvas: the coarsest drawing is the quickest. */
const coarseMap = () => Object.defineProperty(globalThis, 'devicePixelRatio', { value: 0.25 });
/** So many pictures in a row the page must rest before it is looked at. */
const RESTING_FRAMES = 5;
const READY_MS = 45_000;

async function violations(page, runOnly = TAGS) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  // Of what passed only the rules are counted, so that axe need not describe every element.
  const asked = { runOnly, resultTypes: ['violations'] };
  const { violations: found, passes } = await page.evaluate((options) => globalThis.axe.run(document, options), asked);
  // A page that has nothing to find fault with has not been checked.
  const least = runOnly === TAGS ? 10 : 1;
  if (passes.length < least) throw new Error(`only ${passes.length} rules found something to check on ${page.url()}`);
  return found.map(({ id, impact, nodes }) => ({ id, impact, targets: nodes.map((node) => node.target.join(' ')) }));
}

/** A page that counts its open requests, but for those of the map: one that it gives up is never said to have ended. */
async function pageIn(context) {
  const page = await context.newPage();
  const open = new Set();
  page.on('request', (request) => /\/(tiles|styles)\//.test(request.url()) || open.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => open.delete(request));
  return { page, open };
}

/**
 * Waits until everything has been answered, the elements are drawn, nothing moves, and that has lasted for some pictures.
 * The map need not have drawn its areas anew in other colours or with other labels: they lie in its canvas.
 */
async function rested({ page, open }) {
  await page.evaluate(() => (globalThis.framesAtRest = 0));
  const isAtRest = (frames) => {
    const isResting =
      document.querySelector('.progress')?.hidden === true &&
      (document.body.dataset.mode !== 'compare' || document.getElementById('compare-title') !== null) &&
      (document.querySelector('.maps-stage')?.dataset.state ?? 'ready') === 'ready' &&
      document.getAnimations().every(({ playState }) => playState !== 'running');
    globalThis.framesAtRest = isResting ? globalThis.framesAtRest + 1 : 0;
    return globalThis.framesAtRest >= frames;
  };
  const end = Date.now() + READY_MS;
  do await page.waitForFunction(isAtRest, RESTING_FRAMES, { timeout: READY_MS });
  while (open.size > 0 && Date.now() < end);
  if (open.size > 0) throw new Error(`no answer from ${[...open].map((request) => request.url())}`);
}

async function openedIn(context, fragment, lang) {
  const view = await pageIn(context);
  await view.page.goto(`${HOME}${fragment === '' ? '#' : `${fragment}&`}lang=${lang}`, { waitUntil: 'domcontentloaded' });
  await ready(view.page);
  return view;
}

/** Changes language and colours by the page's own controls, which on a phone may lie folded away. */
async function changeTo(view, lang, scheme) {
  await view.page.evaluate(
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
  await view.page.waitForFunction(isChanged, [lang, scheme]);
  await rested(view);
}

/** What axe finds in a view, in each language and scheme. */
async function checkView(name, [fragment, options, act, undo]) {
  const context = await browser.newContext({ locale: 'vi-VN', reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  await context.addInitScript(coarseMap);
  const view = await openedIn(context, fragment, 'vi');
  for (const lang of ['vi', 'en'])
    // No colour depends on the language.
    for (const [index, scheme] of (lang === 'vi' ? schemes : schemes.slice(0, 1)).entries()) {
      await changeTo(view, lang, scheme);
      await act?.(view.page);
      await rested(view);
      report(name, lang, scheme, await violations(view.page, index === 0 ? TAGS : COLOUR_RULES));
      await undo?.(view.page);
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
