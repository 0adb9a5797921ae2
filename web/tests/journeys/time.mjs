// Time: a year is played week by week without an area ever missing, a period is dragged and moved by keys, and what rests is in the address.
import assert from 'node:assert/strict';
import { browser, DESKTOP, HOME, PHONE, picture, ready, text, tokens, watched } from './kit/browser.mjs';

// No area has this colour: where it shows, nothing is drawn.
const GROUND = '#ff00ff';
// Borders are drawn by the pixel: so many places of the picture may show a little of the ground.
const MAY_MISS = 0.01;
// In most weeks too little is known for any letter, and the map looks the same: so many others there must be to look at.
const DIFFERENT_WEEKS = 12;
// Where the colours of areas step to a more reliable shade.
const RELIABLE_FROM = [0.5, 0.7];

/** The page with the ground in a colour of its own, and every picture of the map looked at as it is drawn. */
async function openedOnGround(options, fragment) {
  const context = await browser.newContext({ colorScheme: 'light', locale: 'vi-VN', ...options });
  const page = await context.newPage();
  const wrong = watched(context, page);
  await page.route('**/styles/page-light', async (route) => {
    const response = await route.fetch();
    const style = await response.json();
    for (const { id, type, paint } of style.layers)
      if (['water', 'land'].includes(id)) paint[type === 'background' ? 'background-color' : 'fill-color'] = GROUND;
      else if (type === 'symbol') paint['text-opacity'] = 0;
    await route.fulfill({ response, json: style });
  });
  await page.goto(HOME + fragment, { waitUntil: 'domcontentloaded' });
  await ready(page);
  await page.evaluate(watchPictures);
  return { page, wrong, close: () => context.close() };
}

/**
 * Runs in the page: counts, at every picture, the places that show an area, marks pictures that differ, and keeps the mark
 * of the picture that is on the screen when the timeline names a period.
 */
function watchPictures() {
  const { map } = globalThis.binhyen;
  const [width, height] = [320, 224];
  const sheet = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  sheet.imageSmoothingEnabled = false;
  globalThis.pictures = [];
  globalThis.marks = {};
  let onScreen = null;
  const named = () => document.querySelector('#time-period')?.textContent.match(/\d+\/\d+\/\d{4}/)?.[0];
  const keep = () => onScreen !== null && (globalThis.marks[named()] = onScreen);
  map.on('render', () => {
    sheet.drawImage(map.getCanvas(), 0, 0, width, height);
    const { data } = sheet.getImageData(0, 0, width, height);
    let [drawn, mark] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      // Every fourth place of every fourth line is enough to see whether an area is missing.
      const isCounted = (i / 4) % 4 === 0 && Math.floor(i / 4 / width) % 4 === 0;
      if (isCounted && !(data[i] > 240 && data[i + 1] < 20 && data[i + 2] > 240)) drawn += 1;
      mark = (mark * 31 + data[i] * 65536 + data[i + 1] * 256 + data[i + 2]) >>> 0;
    }
    onScreen = mark;
    // The period that is named already when the run begins.
    globalThis.marks[named()] ??= mark;
    globalThis.pictures.push({ drawn, mark, at: performance.now(), state: document.documentElement.dataset.state });
  });
  new MutationObserver(keep).observe(document.querySelector('#timeline'), {
    childList: true,
    characterData: true,
    subtree: true,
  });
  map.triggerRepaint();
}

/** The weeks of a year from a Monday on: the first day as the timeline writes it, and the days as addresses have them. */
function weeksFrom(monday, count) {
  const iso = (week) => new Date(Date.parse(`${monday}T00:00:00Z`) + week * 7 * 86_400_000).toISOString().slice(0, 10);
  const written = (day) => day.split('-').reverse().join('/');
  return Array.from({ length: count }, (_, week) => ({ name: written(iso(week)), from: iso(week), to: iso(week + 1) }));
}

/** What the map shows of an area under the grade: its letter in a shade of reliability, muted where it is not clear, or why there is none. */
function shownOf({ code, grade, difference, reliability }) {
  const shade = RELIABLE_FROM.filter((least) => (reliability ?? 0) >= least).length;
  if (!/^([A-E]|range)$/.test(grade)) return `${code} ${grade}`;
  if (difference === 'not_clearly_different') return `${code} muted`;
  return `${code} ${grade === 'range' ? difference : grade} ${shade}`;
}

/** What the server says of all communes in a week, as the map shows it. */
async function shownIn({ from, to }) {
  const headers = { Authorization: `Bearer ${tokens.planner}` };
  const address = new URL(`ratings?edition=2025-07&level=commune&from=${from}&to=${to}`, HOME);
  const { areas } = await (await fetch(address, { headers })).json();
  return areas.map(shownOf).join(', ');
}

/** Holds the pictures of a run against the answers of the server: two weeks look different exactly where their numbers differ. */
async function assertFollows(marks, weeks) {
  const shown = [];
  for (const week of weeks) shown.push(await shownIn(week));
  const kinds = new Set(shown);
  assert.ok(kinds.size >= DIFFERENT_WEEKS, `only ${kinds.size} kinds of week: nothing to tell apart`);
  const pictures = weeks.map(({ name }) => marks[name]);
  assert.deepEqual(
    weeks.filter((_, week) => pictures[week] === undefined),
    [],
    'weeks without a picture',
  );
  const first = (list) => list.map((item) => list.indexOf(item));
  assert.deepEqual(first(pictures), first(shown), 'the pictures do not change with the numbers');
}

/** What the pictures since the last call showed. */
async function pictured(page) {
  return page.evaluate(() => {
    const pictures = globalThis.pictures.splice(0);
    const drawn = pictures.map((shown) => shown.drawn);
    const differing = new Set(pictures.map(({ mark }) => mark)).size;
    return { count: pictures.length, differing, least: Math.min(...drawn), most: Math.max(...drawn) };
  });
}

function assertWhole({ least, most, count }, what) {
  assert.ok(count > 0, `${what}: no picture was drawn`);
  assert.ok(most > 400, `${what}: only ${most} places show an area`);
  assert.ok(least >= most * (1 - MAY_MISS), `${what}: areas were missing in a picture (${least} of ${most} places)`);
}

const period = (page) => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const stateIs = (page, state) =>
  page.waitForFunction((wanted) => document.documentElement.dataset.state === wanted, state, { timeout: 60_000 });

/** The places of the chart: where a day lies on the screen. */
async function dayOnScreen(page, share) {
  const box = await page.locator('.time-chart svg').boundingBox();
  return { x: box.x + share * box.width, y: box.y + box.height / 2 };
}

export const tests = {
  async 'a year is played week by week: every picture shows all areas, nothing fails, the last week is in the address'() {
    assert.ok(tokens.planner, 'BINHYEN_PLANNER_TOKEN is not set');
    const { page, wrong, close } = await openedOnGround(
      DESKTOP,
      `#token=${tokens.planner}&edition=2025-07&from=2024-01-01&to=2024-01-08`,
    );
    await pictured(page);
    assert.equal(await page.inputValue('#time-step'), 'week', 'a week does not begin with steps of weeks');
    await page.selectOption('#time-speed', '4');
    await page.click('#time-play');
    await stateIs(page, 'playing');
    await page.waitForTimeout(1500);
    const address = await period(page);
    assert.equal(address.from, '2024-01-01', 'the address changed while the run was played');
    await picture(page, 'time-playing');
    await stateIs(page, 'ready');
    await ready(page);
    const shown = await pictured(page);
    assertWhole(shown, 'played');
    await assertFollows(await page.evaluate(() => globalThis.marks), weeksFrom('2024-01-01', 52));
    assert.deepEqual({ from: '2024-12-23', to: '2024-12-30' }, pick(await period(page)));
    assert.match(await text(page, '#timeline'), /23\/12\/2024 – 29\/12\/2024/);
    const left = await page.evaluate(() => {
      const { map } = globalThis.binhyen;
      return map.queryRenderedFeatures({ layers: ['area-grade'] }).filter(({ state }) => state.painted).length;
    });
    assert.equal(left, 0, 'the tiles did not take over');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'playing can be stopped, and what is on the map is what the address says'() {
    const { page, wrong, close } = await openedOnGround(
      DESKTOP,
      `#token=${tokens.planner}&edition=2025-07&from=2024-01-01&to=2024-04-01&layer=rate`,
    );
    await page.selectOption('#time-step', 'month');
    await page.selectOption('#time-speed', '4');
    await page.click('#time-play');
    await stateIs(page, 'playing');
    await page.waitForFunction(() => /6\/2024/.test(document.querySelector('#timeline .time-now').textContent));
    assert.match(await text(page, '#legend'), /Khoảng màu giữ nguyên khi phát/);
    await page.click('#time-play');
    await ready(page);
    const { from, to } = await period(page);
    assert.ok(from > '2024-01-01' && to > '2024-04-01', `${from} to ${to}`);
    assertWhole(await pictured(page), 'stopped');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the period is dragged with the mouse: no area is missing, a named window is taken when it is near'() {
    const { page, wrong, close } = await openedOnGround(DESKTOP, `#token=${tokens.commander}&edition=2025-07&window=TK-2024`);
    await page.selectOption('#time-step', 'month');
    await pictured(page);
    const box = await page.locator('.time-brush').boundingBox();
    const middle = { x: box.x + box.width / 2, y: box.y + 20 };
    const { width } = await page.locator('.time-chart svg').boundingBox();
    // The line shows the 2,939 days from the first window on, 15/12/2017, to the end of the last, 31/12/2025.
    const [year, steps] = [(width * 366) / 2939, 12];
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    for (let step = 1; step <= steps; step += 1) {
      await page.mouse.move(middle.x + (year * step) / steps, middle.y);
      await page.waitForTimeout(60);
    }
    await page.mouse.up();
    await ready(page);
    assert.equal((await period(page)).window, 'TK-2025');
    const shown = await pictured(page);
    assertWhole(shown, 'dragged');
    assert.ok(shown.differing > 3, `${shown.differing} different pictures`);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'a bar is clicked, and the handles move by keys and say where they are'() {
    const { page, wrong, close } = await openedOnGround(
      DESKTOP,
      `#token=${tokens.planner}&edition=2025-07&from=2024-01-01&to=2024-04-01`,
    );
    await page.selectOption('#time-step', 'month');
    const { x, y } = await dayOnScreen(page, 0.9);
    await page.mouse.click(x, y);
    await ready(page);
    const clicked = pick(await period(page));
    assert.equal(clicked.from.slice(-2), '01');
    await page.focus('#time-end');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.match(await page.getAttribute('#time-end', 'aria-valuetext'), /^Đến hết ngày /);
    await page.waitForTimeout(700);
    await ready(page);
    const widened = pick(await period(page));
    assert.equal(widened.from, clicked.from);
    assert.ok(widened.to > clicked.to, `${widened.to} is not after ${clicked.to}`);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'time-end');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the public moves between released windows, and is told why'() {
    const { page, wrong, close } = await openedOnGround(DESKTOP, '#window=TK-2023');
    assert.match(await text(page, '#timeline'), /Công chúng xem các kỳ đã công bố/);
    assert.equal(await page.locator('#time-step').count(), 0);
    await page.click('#time-forward');
    await ready(page);
    assert.equal((await period(page)).window, 'TK-2024');
    await page.click('#time-play');
    await stateIs(page, 'playing');
    await stateIs(page, 'ready');
    await ready(page);
    assert.equal((await period(page)).window, 'TK-2025');
    assertWhole(await pictured(page), 'public');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'on a phone the timeline is one line that unfolds'() {
    const { page, wrong, close } = await openedOnGround(PHONE, `#token=${tokens.commander}&window=TK-2025`);
    assert.ok(await page.isHidden('.time-chart'));
    const { height } = await page.locator('#timeline').boundingBox();
    assert.ok(height <= 56, `${height} px`);
    await page.click('#time-more');
    assert.ok(await page.isVisible('.time-chart'));
    await picture(page, 'time-phone');
    assert.deepEqual(wrong, []);
    await close();
  },
};

function pick({ from, to }) {
  return { from, to };
}
