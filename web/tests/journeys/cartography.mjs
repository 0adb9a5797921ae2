// The map as a newspaper would draw it: names that everybody knows, a legend where the map is empty, nothing hidden by anything.
import assert from 'node:assert/strict';
import { choose, DESKTOP, HOME, opened, PHONE, picture, ready, text, tokens } from './kit/browser.mjs';

const WIDTHS = [
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];
const ANCHOR_LAYERS = ['label-anchor'];
/** The inset of the sea with the islands far out. */
const SEA = '.inset[data-kind=sea]';
/** Names that no edition since 2020 lacks. */
const KNOWN = ['Tam Kỳ', 'Hội An', 'Điện Bàn', 'Núi Thành', 'Thăng Bình', 'Đại Lộc', 'Tiên Phước', 'Trà My', 'Hiệp Đức'];

/** Waits until every name has found its place: with hundreds of letters that takes a few frames. */
function placed(page, least) {
  const isPlaced = (count) => globalThis.binhyen.map.queryRenderedFeatures({ layers: ['label-anchor'] }).length >= count;
  return page.waitForFunction(isPlaced, least, { timeout: 15_000 });
}

/** The codes of the areas that `layers` name on the screen. */
function named(page, layers) {
  return page.evaluate((ids) => {
    const { map } = globalThis.binhyen;
    const there = ids.filter((id) => map.getLayer(id));
    return [...new Set(map.queryRenderedFeatures({ layers: there }).map(({ properties }) => String(properties.code)))];
  }, layers);
}

/** How many drawn areas lie beneath the box of `selector`, and whether the box is opaque and within the map. */
function beneath(page, selector, layer = 'area-grade') {
  return page.evaluate(
    ([box, id]) => {
      const { map } = globalThis.binhyen;
      const canvas = map.getCanvas().getBoundingClientRect();
      const { left, top, right, bottom } = document.querySelector(box).getBoundingClientRect();
      const corners = [
        [left - canvas.left, top - canvas.top],
        [right - canvas.left, bottom - canvas.top],
      ];
      const found = map.queryRenderedFeatures(corners, { layers: [id] }).map(({ properties }) => properties.name);
      const background = getComputedStyle(document.querySelector(box)).backgroundColor;
      return { found, background, isWithin: left >= canvas.left && right <= canvas.right && bottom <= canvas.bottom };
    },
    [selector, layer],
  );
}

/** What else over the map shares room with the box of `selector`. */
function over(page, selector) {
  return page.evaluate((box) => {
    const own = document.querySelector(box);
    const { left, top, right, bottom } = own.getBoundingClientRect();
    const others = [...document.querySelectorAll('#legend, #tools, #caption, .inset')].filter((part) => part !== own);
    const touching = others.filter((part) => {
      const at = part.getBoundingClientRect();
      return at.left < right && at.right > left && at.top < bottom && at.bottom > top;
    });
    return touching.map(({ id, className }) => id || className);
  }, selector);
}

/** The letters on the screen as boxes. */
function letters(page) {
  return page.evaluate(() => {
    const { map } = globalThis.binhyen;
    return ['A', 'B', 'C', 'D', 'E'].flatMap((letter) =>
      map
        .queryRenderedFeatures({ layers: [`label-grade-${letter}`] })
        .filter(({ properties }) => properties.grade === letter)
        .map(({ geometry, properties }) => ({ ...map.project(geometry.coordinates), code: properties.code })),
    );
  });
}

/** Where an area is drawn, from the upper left corner of the window. */
function boxOfArea(page, code) {
  return page.evaluate((wanted) => {
    const { map } = globalThis.binhyen;
    const { left, top } = map.getCanvas().getBoundingClientRect();
    const parts = map.querySourceFeatures('areas', { sourceLayer: 'communes', filter: ['==', ['get', 'code'], wanted] });
    const points = parts.flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === 'Polygon' ? 1 : 2));
    const at = points.map((point) => map.project(point));
    const [xs, ys] = [at.map(({ x }) => x + left), at.map(({ y }) => y + top)];
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }, code);
}

/** Looks at the first view on a screen: what lies over the map lies over no area, and no letter touches another. */
async function looked(page, width) {
  const { found, background, isWithin } = await beneath(page, '#legend');
  assert.deepEqual(found, [], `${width}: beneath the legend`);
  assert.ok(isWithin, `${width}: the legend leaves the map`);
  assert.match(background, /^rgb\(/, `${width}: the legend is not opaque`);
  assert.deepEqual((await beneath(page, '#tools')).found, [], `${width}: beneath the buttons`);
  for (const inset of await page.locator('#insets .inset').all()) {
    const corner = await inset.getAttribute('data-corner');
    assert.deepEqual((await beneath(page, `.inset[data-corner=${corner}]`)).found, [], `${width}: beneath an inset`);
  }
  const drawn = await letters(page);
  assert.ok(drawn.length >= (width < 1100 ? 5 : 15), `${width}: only ${drawn.length} letters`);
  for (const [index, a] of drawn.entries())
    for (const b of drawn.slice(index + 1))
      assert.ok(Math.abs(a.x - b.x) >= 12 || Math.abs(a.y - b.y) >= 15, `${width}: ${a.code} touches ${b.code}`);
  await picture(page, `cartography-${width}`);
}

export const tests = {
  async 'the dense wards of Hội An – Điện Bàn and of Tam Kỳ are drawn larger beside the map'() {
    const { page, wrong, close } = await opened(DESKTOP);
    for (const theme of ['grade', 'rate']) {
      await page.check(`#layer-${theme}`, { force: true });
      await ready(page);
      const names = await page.locator('#insets .inset[data-kind=dense] figcaption').allInnerTexts();
      assert.equal(names.length, 2, `${theme}: ${names}`);
      assert.match(names[0], /^(Hội An|Điện Bàn)/, theme);
      assert.match(names[1], /Tam Kỳ/, theme);
      for (const inset of await page.locator('#insets .inset').all()) {
        const corner = await inset.getAttribute('data-corner');
        assert.deepEqual((await beneath(page, `.inset[data-corner=${corner}]`)).found, [], `${theme}: beneath ${corner}`);
      }
    }
    await picture(page, 'cartography-insets');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'Hoàng Sa and Trường Sa have an inset beside the whole map, over no area and under nothing'() {
    const written = {
      vi: ['Quần đảo Hoàng Sa', '(Việt Nam)', 'Quần đảo Trường Sa', '(Việt Nam)'],
      en: ['Hoàng Sa Archipelago', '(Việt Nam)', 'Trường Sa Archipelago', '(Việt Nam)'],
    };
    for (const viewport of [{ width: 1280, height: 800 }, DESKTOP.viewport, { width: 1920, height: 1080 }])
      for (const lang of ['vi', 'en']) {
        const { page, wrong, close } = await opened({ viewport }, `#lang=${lang}`);
        const where = `${viewport.width}, ${lang}`;
        await page.waitForSelector(SEA);
        assert.deepEqual(await page.locator(`${SEA} tspan`).allTextContents(), written[lang], where);
        assert.match(await page.locator(`${SEA} figcaption`).textContent(), /Hoàng Sa.*Trường Sa/, where);
        assert.deepEqual((await beneath(page, SEA)).found, [], `${where}: beneath the sea`);
        assert.deepEqual(await over(page, SEA), [], `${where}: over the sea`);
        assert.deepEqual(wrong, [], where);
        if (lang === 'vi') await picture(page, `cartography-sea-${viewport.width}`);
        await close();
      }
  },

  async 'the names that everybody knows stand on the first map in every layer'() {
    const { areas } = await (await fetch(new URL('gazetteer', HOME))).json();
    const bare = new Map(areas.map(({ code, name }) => [code, name]));
    const { page, wrong, close } = await opened(DESKTOP);
    for (const theme of ['grade', 'rate', 'count', 'density', 'certified', 'statutory']) {
      await page.check(`#layer-${theme}`, { force: true });
      await ready(page);
      await placed(page, 14);
      const codes = await named(page, ANCHOR_LAYERS);
      assert.ok(codes.length >= 14, `${theme}: only ${codes.length} names`);
      for (const name of KNOWN)
        assert.ok(
          codes.some((code) => bare.get(code)?.endsWith(name)),
          `${theme}: no ${name}`,
        );
      await picture(page, `cartography-${theme}`);
    }
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'letters keep clear of each other on every screen, and the legend lies over no area'() {
    const { page, wrong, close } = await opened({ viewport: WIDTHS[0] });
    await looked(page, WIDTHS[0].width);
    for (const viewport of WIDTHS.slice(1)) {
      await page.setViewportSize(viewport);
      await page.reload({ waitUntil: 'domcontentloaded' });
      await ready(page);
      await looked(page, viewport.width);
    }
    assert.deepEqual(wrong, []);
    await close();
    const phone = await opened({ ...PHONE, deviceScaleFactor: 1 });
    await looked(phone.page, PHONE.viewport.width);
    assert.deepEqual(phone.wrong, []);
    await phone.close();
  },

  async 'an edition with districts is named by them'() {
    const { page, wrong, close } = await opened(DESKTOP, '#edition=2025-01');
    await placed(page, 14);
    const codes = await named(page, ANCHOR_LAYERS);
    assert.ok(codes.filter((code) => code.length === 3).length >= 14, codes.join());
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the chosen area is named and lies clear of the legend'() {
    const { page, wrong, close } = await opened(DESKTOP, '#area=20335&at=108.0,15.9,10.5');
    await page.waitForFunction(() => globalThis.binhyen.map.queryRenderedFeatures({ layers: ['label-selected'] }).length > 0);
    await page.waitForFunction(() => !globalThis.binhyen.map.isMoving());
    const area = await boxOfArea(page, '20335');
    const legend = await page.locator('#legend').boundingBox();
    const isBeside = area.right <= legend.x || area.bottom <= legend.y;
    assert.ok(isBeside, JSON.stringify({ area, legend }));
    assert.deepEqual(await named(page, ['label-selected']), ['20335']);
    assert.ok(!(await named(page, ANCHOR_LAYERS)).includes('20335'), 'named twice');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'on a phone the chosen area lies above the sheet from the first tap'() {
    const { page, wrong, close } = await opened(PHONE, '#at=108.3,15.6,10');
    const canvas = await page.locator('#map canvas').boundingBox();
    const low = await page.evaluate((height) => {
      const { map } = globalThis.binhyen;
      // Above the folded legend.
      const [feature] = map.queryRenderedFeatures([180, height * 0.78], { layers: ['area-grade'] });
      return feature && String(feature.properties.code);
    }, canvas.height);
    assert.ok(low, 'no area in the lower part of the map');
    await page.touchscreen.tap(180, canvas.y + canvas.height * 0.78);
    await page.waitForFunction((code) => location.hash.includes(`area=${code}`), low);
    await ready(page);
    await page.waitForTimeout(600);
    const bar = await page.locator('#sheet-bar').boundingBox();
    const area = await boxOfArea(page, low);
    assert.ok(area.bottom <= bar.y && area.top >= canvas.y, JSON.stringify({ area, bar }));
    await picture(page, 'cartography-phone-chosen');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'on a phone the whole province stands above the sheet of a found place'() {
    const { page, wrong, close } = await opened(PHONE);
    await choose(page, 'tra linh');
    await page.waitForTimeout(800);
    const bar = await page.locator('#sheet-bar').boundingBox();
    const code = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('area');
    const area = await boxOfArea(page, code);
    assert.ok(area.bottom <= bar.y, JSON.stringify({ area, bar }));
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'planner: what is not enough and what is not published are told apart, and disagreements are listed'() {
    if (!tokens.planner) return;
    const { page, wrong, close } = await opened(DESKTOP, `#layer=statutory&token=${tokens.planner}`);
    const listed = await page.locator('#disagreements [data-code]').evaluateAll((all) => all.map(({ dataset }) => dataset.code));
    const { areas } = await (
      await fetch(new URL('ratings?level=commune', HOME), { headers: { Authorization: `Bearer ${tokens.planner}` } })
    ).json();
    const differing = areas.filter(({ statutory_check: check }) => check === 'disagrees').map(({ code }) => code);
    assert.ok(differing.length > 0);
    assert.deepEqual(listed.sort(), differing.sort());
    assert.match(await text(page, '#panel'), /^Toàn tỉnh[\s\S]*?Số khu vực theo lớp “Đạt an toàn ANTT”/);
    await page.click(`#disagreements [data-code="${differing[0]}"]`);
    await page.waitForFunction((code) => location.hash.includes(`area=${code}`), differing[0]);
    assert.deepEqual(wrong, []);
    await close();
  },
};
