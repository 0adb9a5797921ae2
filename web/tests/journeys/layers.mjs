// Layers, levels and selectors: what is drawn, what is offered to whom, and that nothing blinks on the way.
import assert from 'node:assert/strict';
import { coloursOnScreen, DESKTOP, drawnAreas, opened, picture, ready, text, tokens } from './kit/browser.mjs';

const THEMES = ['grade', 'statutory', 'movement', 'rate', 'count', 'clusters', 'density', 'certified'];
const as = (role) => (tokens[role] ? `&token=${tokens[role]}` : null);

function rendered(page, layer) {
  return page.evaluate((id) => globalThis.binhyen.map.queryRenderedFeatures({ layers: [id] }).length, layer);
}

/** Counts the frames in which no area was drawn while `act` runs. */
async function emptyFrames(page, act) {
  await page.evaluate(() => {
    const { map } = globalThis.binhyen;
    globalThis.frames = { drawn: 0, empty: 0 };
    map.on('render', () => {
      const areas = map.queryRenderedFeatures({ layers: ['area-grade'] }).length;
      globalThis.frames[areas > 0 ? 'drawn' : 'empty'] += 1;
    });
  });
  await act();
  return page.evaluate(() => globalThis.frames);
}

export const tests = {
  async 'planner: every layer draws its areas under a legend with its method'() {
    if (!as('planner')) return;
    const { page, wrong, close } = await opened(DESKTOP, `#layer=grade${as('planner')}`);
    for (const theme of THEMES) {
      await page.check(`#layer-${theme}`, { force: true });
      await ready(page);
      assert.ok((await drawnAreas(page, theme)).length > 20, `${theme} draws nothing`);
      assert.match(await text(page, '#legend'), /Cách tính/);
      assert.ok((await page.locator('#legend .key li, #legend .ramp li, #legend .circles').count()) > 0, `${theme} has no key`);
      await picture(page, `layer-${theme}`);
    }
    await page.click('#legend-method-summary');
    assert.match(await text(page, '#legend-method'), /công nhận chia cho tổng số/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'public: layers that are not for it cannot be chosen, and say for whom they are'() {
    const { page, wrong, close } = await opened(DESKTOP);
    assert.equal(await page.isDisabled('#layer-movement'), true);
    assert.equal(await page.isDisabled('#layer-rate'), false);
    assert.match(await text(page, '.layer'), /Phong trào\s*dành cho cơ quan/);
    assert.equal(await page.locator('#overlay-incidents, #categories, #severity').count(), 0);
    await page.click('#released-summary');
    assert.match(await text(page, '#released'), /Ba năm thống kê 2023–2025/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'planner: incidents are squares from close up'() {
    if (!as('planner')) return;
    const { page, wrong, close } = await opened(DESKTOP, `#layer=density&show=incidents&at=108.45,15.6,10.8${as('planner')}`);
    assert.ok((await rendered(page, 'incident-squares')) > 0);
    assert.equal(await rendered(page, 'incidents'), 0);
    assert.match(await text(page, '#legend'), /Ô 500 m/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the level follows the zoom without an empty frame'() {
    const { page, wrong, close } = await opened(DESKTOP, '#edition=2025-01&level=auto');
    assert.equal((await drawnAreas(page)).length, 17);
    const frames = await emptyFrames(page, async () => {
      // The whole province stands well before the zoom of communes.
      await page.click('#zoom-in');
      await page.waitForFunction(() => !globalThis.binhyen.map.isMoving());
      await page.click('#zoom-in');
      await page.waitForFunction(() => /xã, phường/.test(document.getElementById('caption').textContent), null, {
        timeout: 20_000,
      });
      await ready(page);
    });
    assert.ok((await drawnAreas(page)).length > 30);
    assert.ok(frames.drawn > 2 && frames.empty === 0, JSON.stringify(frames));
    assert.match(page.url(), /level=auto/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'former districts lie over the newest edition'() {
    const { page, wrong, close } = await opened(DESKTOP, '#edition=2025-07');
    assert.equal(await rendered(page, 'border-former'), 0);
    await page.check('#overlay-districts');
    await ready(page);
    assert.ok((await rendered(page, 'border-former')) > 0);
    // A name that everybody knows stands once, and before the district of that name.
    assert.ok((await rendered(page, 'label-former')) + (await rendered(page, 'label-anchor')) > 12);
    assert.match(await text(page, '#legend'), /Huyện cũ/);
    await picture(page, 'layer-former-districts');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'a group stands out'() {
    const { page, wrong, close } = await opened(DESKTOP);
    await page.selectOption('#group', 'mien_nui');
    await ready(page);
    assert.ok((await rendered(page, 'area-pale')) > 10);
    assert.match(page.url(), /group=mien_nui/);
    assert.match(await text(page, '#legend'), /Nổi lên: Miền núi/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'planner: kinds, severity, dates and scheme are chosen in the rail and stand in the address'() {
    if (!as('planner')) return;
    const { page, wrong, close } = await opened(DESKTOP, `#layer=count${as('planner')}`);
    const before = await text(page, '#caption');
    await page.click('#rail-filter-summary');
    await page.click('#categories-summary');
    await page.click('#kinds-chay_no');
    await ready(page);
    assert.match(page.url(), /categories=chay,no|categories=no,chay/);
    assert.notEqual(await text(page, '#caption'), before);
    assert.match(await text(page, '#rail-filter-summary'), /đang lọc/);
    await page.selectOption('#severity', '2');
    await page.selectOption('#window', 'free');
    await ready(page);
    assert.match(page.url(), /from=2022-12-15&to=2025-12-15/);
    await page.click('#rail-scheme-summary');
    await page.selectOption('#rating-scheme', 'cung_dia_ban');
    await ready(page);
    assert.match(page.url(), /scheme=cung_dia_ban/);
    assert.match(await text(page, '#rail-scheme'), /các khu vực cùng địa bàn/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'who wants more contrast gets it'() {
    const { page, wrong, close } = await opened({ ...DESKTOP, contrast: 'more' });
    assert.equal(await page.getAttribute('html', 'data-scheme'), 'contrast');
    assert.ok((await coloursOnScreen(page)) > 3);
    await picture(page, 'desktop-vi-contrast');
    assert.deepEqual(wrong, []);
    await close();
  },
};
