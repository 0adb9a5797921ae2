// Never a label over other data: what was asked for and is not here is pending, and what cannot be had steps back in words.
import assert from 'node:assert/strict';
import { browser, DESKTOP, HOME, meta, opened, PHONE, picture, ready, text, tokens, watched } from '../kit/browser.mjs';

const OLD = 'TK-2024';
const NEW = 'TK-2025';
const LATE_MS = 1500;
const named = (id) => meta.windows.find((window) => window.id === id).name.vi;
const period = (page) => page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('window'));

/** A page without a service worker, whose requests can be held up. */
async function openedOn(fragment, options = DESKTOP) {
  const context = await browser.newContext({ colorScheme: 'light', locale: 'vi-VN', serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  const wrong = watched(context, page);
  await page.goto(HOME + fragment, { waitUntil: 'domcontentloaded' });
  await ready(page);
  // That there is no worker is wanted here.
  const faults = () => wrong.filter((text) => !text.includes('Service Worker registration blocked'));
  return { page, context, faults };
}

/**
 * Runs in the page: notes at every picture of the map, and once it is on the screen, whose numbers the areas carry and what
 * the labels say. Areas that are coloured ahead of their tiles say by their state which numbers they carry, others by their tiles.
 */
function watchLabels({ rates, code }) {
  const { map } = globalThis.binhyen;
  const text = (selector) => document.querySelector(selector)?.textContent ?? '';
  globalThis.seen = [];
  const onMap = () => {
    const state = map.getFeatureState({ source: 'areas', sourceLayer: 'communes', id: Number(code) });
    if (!state.painted) return new URL(map.getSource('areas').tiles[0]).searchParams.get('window');
    return Object.keys(rates).find((window) => rates[window] === state.rate_smoothed) ?? 'neither';
  };
  const note = (window) => {
    const labels = {
      caption: text('#caption'),
      legend: text('#legend .provenance'),
      panel: text('#panel header'),
      timeline: text('#time-period'),
      count: text('.time-now'),
      total: text('#panel .totals dd'),
      pointed: document.querySelector('#pointed').hidden ? null : text('#pointed'),
      wait: text('.toast.waiting'),
    };
    const seen = { window, ...labels };
    if (JSON.stringify(seen) !== JSON.stringify(globalThis.seen.at(-1))) globalThis.seen.push(seen);
  };
  map.on('render', () => {
    const window = onMap();
    setTimeout(() => note(window));
  });
  map.triggerRepaint();
}

async function ratesOf(window) {
  const answer = await (await fetch(new URL(`ratings?level=commune&window=${window}`, HOME))).json();
  return answer.areas;
}

export const tests = {
  async 'a period that is on its way is pending: no label names another one than the numbers beside it'() {
    const [before, after] = await Promise.all([ratesOf(OLD), ratesOf(NEW)]);
    const { code } = before.find((row) => {
      const next = after.find((item) => item.code === row.code);
      return row.rate_smoothed != null && next?.rate_smoothed != null && next.rate_smoothed !== row.rate_smoothed;
    });
    const rate = (rows) => rows.find((row) => row.code === code).rate_smoothed;
    const { page, context, faults } = await openedOn(`#window=${OLD}&layer=rate`);
    await page.evaluate(watchLabels, { rates: { [OLD]: rate(before), [NEW]: rate(after) }, code });
    const total = await text(page, '#panel .totals dd');
    await page.route(/\/(ratings|tiles\/map)\?/, async (route) => {
      if (route.request().url().includes(NEW)) await new Promise((resolve) => setTimeout(resolve, LATE_MS));
      await route.continue();
    });
    await page.selectOption('#window', NEW);
    assert.equal(await period(page), NEW, 'the address says what was asked for');
    await page.waitForSelector('.toast.waiting:visible');
    assert.match(await text(page, '.toast.waiting'), new RegExp(`Đang tải: ${named(NEW)}\\. .*vẫn là ${named(OLD)}`));
    assert.ok((await text(page, '#caption')).includes(named(OLD)), 'the caption ran ahead');
    assert.match(await text(page, '.time-now'), new RegExp(`${named(NEW)}[\\s\\S]*Đang tải…`));
    await picture(page, 'truth-pending');
    await ready(page);
    assert.equal(await page.locator('.toast.waiting:visible').count(), 0);
    const seen = await page.evaluate(() => globalThis.seen);
    for (const { window, caption, legend, panel, total: shown } of seen) {
      assert.ok(window === OLD || window === NEW, `the areas carry numbers of ${window}`);
      for (const label of [caption, legend, panel]) assert.ok(label.includes(named(window)), `“${label}” over ${window}`);
      assert.equal(shown === total, window === OLD, `${shown} under ${window}`);
    }
    for (const { window, timeline, count } of seen.filter(({ window, timeline }) => !timeline.includes(named(window))))
      assert.match(count, /Đang tải…/, `the timeline says ${timeline} over ${window}, and not that it waits`);
    assert.deepEqual([...new Set(seen.map(({ window }) => window))], [OLD, NEW]);
    assert.deepEqual(faults(), []);
    await context.close();
  },

  async 'what cannot be had steps back and says so: without a network, and where the server refuses'() {
    const { page, context } = await openedOn(`#window=${OLD}&area=20341`);
    const caption = await text(page, '#caption');
    const timeline = await text(page, '#time-period');
    const refusal = { status: 503, contentType: 'application/problem+json', body: '{"title":"Đang bận","detail":""}' };
    const ways = [
      [(route) => route.abort(), /mất kết nối với máy chủ/],
      [(route) => route.fulfill(refusal), /Đang bận/],
    ];
    for (const [fail, reason] of ways) {
      await page.route(new RegExp(`/(ratings|tiles/map)\\?.*${NEW}`), fail);
      await page.selectOption('#window', NEW);
      await page.waitForFunction(() => document.querySelector('.notice')?.hidden === false);
      const notice = await text(page, '.notice');
      assert.match(notice, reason);
      assert.ok(notice.includes(named(NEW)) && notice.includes(named(OLD)), notice);
      await page.waitForFunction((id) => location.hash.includes(`window=${id}`), OLD);
      assert.equal(await page.inputValue('#window'), OLD);
      assert.deepEqual([await text(page, '#caption'), await text(page, '#time-period')], [caption, timeline]);
      assert.match(await text(page, '#panel h2'), /Tam Kỳ/);
      await page.unroute(new RegExp(`/(ratings|tiles/map)\\?.*${NEW}`));
    }
    await picture(page, 'truth-stepped-back');
    await page.selectOption('#window', NEW);
    await ready(page);
    assert.ok((await text(page, '#caption')).includes(named(NEW)));
    assert.equal(await page.locator('.notice:visible').count(), 0);
    await context.close();
  },

  async 'other boundaries come as a whole: their names and their numbers with their map, and no label before it'() {
    const other = meta.editions.find(({ id }) => id !== meta.default_edition);
    const { page, context, faults } = await openedOn('');
    await page.evaluate(() => {
      const { map } = globalThis.binhyen;
      globalThis.seen = [];
      map.on('render', () => {
        const edition = new URL(map.getSource('areas').tiles[0]).searchParams.get('edition');
        const codes = map.queryRenderedFeatures({ layers: ['area-grade'] }).map(({ properties }) => properties.code);
        const drawn = new Set(codes).size;
        setTimeout(() => {
          const isHeld = document.querySelector('.held') !== null;
          globalThis.seen.push({ edition, drawn, isHeld, caption: document.querySelector('#caption').textContent });
        });
      });
    });
    await page.selectOption('#edition', other.id);
    await ready(page);
    const seen = await page.evaluate(() => globalThis.seen);
    assert.ok(
      seen.some(({ isHeld }) => isHeld),
      'the picture was not held',
    );
    const name = other.name.vi;
    const all = seen.at(-1).drawn;
    for (const { edition, drawn, isHeld, caption } of seen) {
      if (isHeld) assert.ok(!caption.includes(name), 'the new name stands over the old picture');
      else if (edition === other.id && caption.includes(name)) assert.equal(drawn, all, 'the new name stands over half a map');
      else assert.equal(edition === other.id, caption.includes(name), `${edition} under “${caption}”`);
    }
    assert.equal(await page.locator('.held').count(), 0);
    assert.deepEqual(faults(), []);
    await context.close();
  },

  async 'the label under the pointer is read anew when the numbers change'() {
    const [before, after] = await Promise.all([ratesOf(OLD), ratesOf(NEW)]);
    const { page, context } = await openedOn(`#window=${OLD}&layer=rate`);
    const { code } = before.find((row) => after.find((item) => item.code === row.code)?.rate_smoothed !== row.rate_smoothed);
    const spot = await page.evaluate((wanted) => {
      const { map } = globalThis.binhyen;
      const { left, top, width, height } = map.getCanvas().getBoundingClientRect();
      for (let y = 10; y < height; y += 8)
        for (let x = 10; x < width; x += 8) {
          const found = map.queryRenderedFeatures([x, y], { layers: ['area-rate'] })[0]?.properties.code;
          if (String(found) === wanted && document.elementFromPoint(left + x, top + y) === map.getCanvas())
            return { x: left + x, y: top + y };
        }
      return null;
    }, code);
    await page.mouse.move(spot.x, spot.y);
    await page.waitForSelector('#pointed:visible');
    const said = await text(page, '#pointed');
    // By the keyboard, so that the pointer stays where it is.
    await page.focus('#window');
    await page.selectOption('#window', NEW);
    await ready(page);
    assert.notEqual(await page.evaluate(() => document.querySelector('#pointed').textContent), said);
    await context.close();
  },

  async 'a link that is not understood says which part of it, and follows the rest; in both languages'() {
    const { page, wrong, close } = await opened(
      DESKTOP,
      `#edition=1999&window=X-1&layer=movement&level=galaxy&area=99999&at=here&mode=table&from=2024-01-01&to=2024-02-01&windw=TK-2024&colour=red`,
    );
    const said = await text(page, '.toasts');
    for (const value of ['1999', 'X-1', 'movement', 'galaxy', '99999', 'here', '2024-01-01–2024-02-01'])
      assert.ok(said.includes(`“${value}”`), `${value} is not named: ${said}`);
    assert.match(said, /“movement” \(layer\) dành cho cơ quan/);
    assert.match(said, /“2024-01-01–2024-02-01” \(from, to\) dành cho cơ quan/);
    assert.match(said, /Không có tham số “windw”; tên gần nhất là “window”\./);
    assert.match(said, /Không có tham số “colour”\./);
    assert.match(page.url(), /mode=table/);
    await picture(page, 'truth-link');
    await page.evaluate(() => (location.hash = '#window=Y-2&mode=galaxy&show=incidents,aliens&lang=en&layers=rate'));
    await page.waitForFunction(() => /Part of the link/.test(document.querySelector('.toasts').textContent));
    const english = await text(page, '.toasts');
    for (const value of ['Y-2', 'galaxy', 'aliens', 'incidents']) assert.ok(english.includes(`“${value}”`), english);
    assert.match(english, /“incidents” \(show\) is for the authorities/);
    assert.match(english, /no parameter “layers”; the nearest name is “layer”/);
    await page.click('#remark-close');
    assert.equal(await page.locator('.toast:visible').count(), 0);
    // Whether there is such an area only the server knows.
    assert.deepEqual(
      wrong.filter((text) => !/99999|status of 404/.test(text)),
      [],
    );
    await close();
  },

  async 'the browser’s language is spoken where the address names none'() {
    const said = [];
    for (const [locale, fragment] of [
      ['en-GB', ''],
      ['en-GB', '#lang=vi'],
      ['vi-VN', ''],
    ]) {
      const context = await browser.newContext({ ...DESKTOP, locale });
      const page = await context.newPage();
      await page.goto(HOME + fragment, { waitUntil: 'domcontentloaded' });
      await page.waitForSelector('#view-map');
      said.push(await page.getAttribute('html', 'lang'));
      await context.close();
    }
    assert.deepEqual(said, ['en', 'vi', 'vi']);
  },

  async 'what is not for the public has a lock and says for whom it is'() {
    const { page, close } = await opened(PHONE);
    await page.tap('#menu');
    const layers = page.locator('.segment', { has: page.locator('#layer-movement, #layer-clusters') });
    assert.equal(await layers.count(), 2);
    for (const layer of await layers.all()) assert.match(await layer.innerText(), /dành cho cơ quan/);
    assert.match(await text(page, '.overlays'), /Vụ việc\s*dành cho cơ quan/);
    assert.equal(await page.locator('#overlay-incidents').count(), 0);
    await picture(page, 'truth-locks');
    await close();
  },
};

if (tokens.planner)
  tests['a role is left only when the reader says so'] = async () => {
    const { page, close } = await opened(DESKTOP, `#token=${tokens.planner}`);
    const asked = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.click('#role');
    await page.click('#access-leave');
    assert.match(await text(page, '#role'), /Tham mưu/);
    await page.click('#access-leave');
    await page.waitForFunction(() => /Công chúng/.test(document.querySelector('#role')?.textContent ?? ''));
    assert.match(await text(page, '#role'), /Công chúng/);
    assert.match(asked[0], /Thoát vai trò Tham mưu/);
    await close();
  };

if (tokens.planner)
  tests['a token that ends while the page is open leaves what the public sees, and says so'] = async () => {
    const { page, context } = await openedOn(`#token=${tokens.planner}&from=2024-01-01&to=2024-02-01&categories=trom_cap`);
    const refusal = { status: 401, contentType: 'application/problem+json', body: '{"title":"Mã đã hết hạn","detail":""}' };
    await page.route('**/*', (route) => (route.request().headers().authorization ? route.fulfill(refusal) : route.continue()));
    await page.selectOption('#severity', '2');
    await page.waitForFunction(() => /Mã truy cập không còn hiệu lực/.test(document.querySelector('.notice').textContent));
    await ready(page);
    assert.match(await text(page, '#role'), /Công chúng/);
    assert.equal(await page.locator('#severity, #categories, #from').count(), 0);
    assert.doesNotMatch(await text(page, '#caption'), /1\/2024/);
    await context.close();
  };

if (tokens.planner)
  tests['while a run is played, caption and legend name the period that is on the map'] = async () => {
    const { page, close } = await opened(DESKTOP, `#token=${tokens.planner}&from=2024-01-01&to=2024-02-01&layer=count`);
    await page.evaluate(() => {
      globalThis.seen = [];
      globalThis.binhyen.map.on('render', () =>
        setTimeout(() => {
          const days = (selector) => document.querySelector(selector).textContent.match(/\d+\/\d+\/\d{4} – \d+\/\d+\/\d{4}/)?.[0];
          globalThis.seen.push([days('#time-period'), days('#caption'), days('#legend .provenance')]);
        }),
      );
    });
    await page.selectOption('#time-step', 'month');
    await page.selectOption('#time-speed', '4');
    await page.click('#time-play');
    await page.waitForFunction(() => globalThis.seen.some(([timeline]) => /^01\/06\/2024/.test(timeline)));
    await page.click('#time-play');
    await ready(page);
    const seen = await page.evaluate(() => globalThis.seen);
    for (const [timeline, caption, legend] of seen) assert.deepEqual([caption, legend], [timeline, timeline]);
    await close();
  };
