// The page as everybody meets it: it draws, answers a click, keeps its address, fits a phone, and says what is not as usual.
import assert from 'node:assert/strict';
import {
  browser,
  choose,
  coloursOnScreen,
  DESKTOP,
  drawnAreas,
  HOME,
  meta,
  opened,
  PHONE,
  picture,
  pointOnArea,
  ready,
  text,
  tokens,
} from './kit/browser.mjs';

/** Whether an area lies on the map where nothing covers it. */
function isOnScreen(page, code) {
  return page.evaluate((wanted) => {
    const { map } = globalThis.binhyen;
    const { left, top, width, height } = map.getCanvas().getBoundingClientRect();
    for (let y = 4; y < height; y += 8)
      for (let x = 4; x < width; x += 8) {
        if (document.elementFromPoint(left + x, top + y) !== map.getCanvas()) continue;
        const found = map.queryRenderedFeatures([x, y], { layers: ['area-grade'] })[0]?.properties.code;
        if (String(found) === wanted) return true;
      }
    return false;
  }, code);
}

export const tests = {
  async 'desktop: communes are drawn in colours, with a legend and without a fault'() {
    const { page, wrong, close } = await opened(DESKTOP);
    const areas = await drawnAreas(page);
    const expected = meta.editions.find((edition) => edition.id === meta.default_edition).areas?.commune ?? 50;
    assert.ok(areas.length >= expected * 0.9, `${areas.length} of ${expected} communes drawn`);
    assert.ok(
      areas.some((area) => /^[A-E]$/.test(area.grade)),
      'no commune has a letter',
    );
    assert.ok((await coloursOnScreen(page)) >= 5, 'the map shows too few colours to be a choropleth');
    assert.match(await page.textContent('#legend'), /Xếp loại A–E/);
    assert.match(await text(page, '#caption'), /Bộ quy tắc/);
    assert.match(await text(page, '#caption'), new RegExp(`Bản công bố số ${meta.release.number}, ngày `));
    assert.match(await text(page, '#panel'), /Toàn tỉnh/);
    if (meta.sample) assert.match(await text(page, '#header'), /Dữ liệu minh hoạ/);
    await picture(page, 'desktop-vi');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'labels carry their diacritics and sit on the map'() {
    const { page, close } = await opened(DESKTOP);
    const names = await page.evaluate(() => {
      const { map } = globalThis.binhyen;
      const layers = map.getStyle().layers.flatMap(({ id }) => (id.startsWith('label-grade') ? [id] : []));
      return [...new Set(map.queryRenderedFeatures({ layers }).map((feature) => feature.properties.name))];
    });
    assert.ok(names.length >= 10, `${names.length} labels drawn`);
    assert.ok(
      names.some((name) => /[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]/i.test(name)),
      'no label has a Vietnamese letter',
    );
    assert.deepEqual(
      names.filter((name) => name !== name.normalize('NFC')),
      [],
    );
    await close();
  },

  async 'a click shows the numbers of an area, Escape takes them away'() {
    const { page, wrong, close } = await opened(DESKTOP);
    const spot = await pointOnArea(page, '');
    assert.ok(spot, 'no area under any point of the map');
    await page.mouse.click(spot.x, spot.y);
    await page.waitForFunction((code) => document.querySelector('#panel')?.textContent.includes(code), spot.code);
    await page.waitForFunction(() => document.querySelectorAll('#panel section').length >= 2);
    assert.match(await text(page, '#panel'), /Vụ việc trong kỳ/);
    assert.match(page.url(), new RegExp(`area=${spot.code}`));
    await page.waitForTimeout(600);
    await picture(page, 'desktop-vi-selected');
    await page.keyboard.press('Escape');
    assert.match(await text(page, '#panel h2'), /Toàn tỉnh/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the address bar reproduces the view'() {
    const { page, close } = await opened(DESKTOP);
    const other = meta.editions.find((edition) => edition.id !== meta.default_edition);
    await page.check('#layer-density', { force: true });
    if (other) await page.selectOption('#edition', other.id);
    await ready(page);
    const address = page.url();
    const caption = await text(page, '#caption');
    await page.reload();
    await ready(page);
    assert.equal(page.url(), address);
    assert.equal(await text(page, '#caption'), caption);
    assert.equal(await page.isChecked('#layer-density'), true);
    await close();
  },

  async 'every layer and level draws without a fault'() {
    const { page, wrong, close } = await opened(DESKTOP);
    for (const layer of ['rate', 'density', 'statutory', 'count', 'grade']) {
      await page.check(`#layer-${layer}`, { force: true });
      await ready(page);
      assert.ok((await drawnAreas(page, layer)).length > 20, `layer ${layer} draws nothing`);
      await picture(page, `desktop-vi-${layer}`);
    }
    for (const edition of meta.editions) {
      await page.selectOption('#edition', edition.id);
      for (const level of edition.levels) {
        await page.check(`#level-${level}`, { force: true });
        await ready(page);
        assert.ok((await drawnAreas(page)).length >= 1, `${edition.id}, ${level}: nothing drawn`);
      }
    }
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'English throughout'() {
    const { page, wrong, close } = await opened(DESKTOP, '#lang=en');
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
    assert.match(await page.textContent('#legend'), /Grades A–E/);
    assert.match(await text(page, '#panel'), /The whole province/);
    const spot = await pointOnArea(page, '');
    await page.mouse.click(spot.x, spot.y);
    await page.waitForFunction((code) => document.querySelector('#panel')?.textContent.includes(code), spot.code);
    assert.match(await text(page, '#panel'), /Incidents in the period/);
    await page.waitForTimeout(600);
    await picture(page, 'desktop-en-selected');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'dark theme'() {
    const { page, wrong, close } = await opened({ ...DESKTOP, colorScheme: 'dark' });
    assert.equal(await page.getAttribute('html', 'data-scheme'), 'dark');
    await picture(page, 'desktop-vi-dark');
    await page.selectOption('#scheme', 'light');
    await page.waitForFunction(() => document.documentElement.dataset.scheme === 'light');
    await ready(page);
    assert.equal(await page.getAttribute('html', 'data-scheme'), 'light');
    assert.ok((await drawnAreas(page)).length > 20, 'nothing drawn after changing the theme');
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'phone: map, sheet and table fit 360 px'() {
    const { page, wrong, close } = await opened(PHONE);
    assert.ok((await drawnAreas(page)).length > 20, 'nothing drawn');
    await picture(page, 'phone-vi');
    await page.tap('#menu');
    await page.waitForTimeout(200);
    await picture(page, 'phone-vi-controls');
    await page.tap('#sheet-close');
    await page.tap('#view-table');
    await page.locator('#table .body [role=row]').nth(3).tap();
    await picture(page, 'phone-vi-table');
    await page.tap('#view-map');
    await page.waitForFunction(() => document.querySelectorAll('#panel section').length >= 2);
    await page.waitForTimeout(500);
    await picture(page, 'phone-vi-selected');
    const chosen = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('area');
    assert.ok(await isOnScreen(page, chosen), 'what was chosen in the table is not in view on the map');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `the page is ${overflow} px too wide`);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'phone in English'() {
    const { page, wrong, close } = await opened(PHONE, '#lang=en');
    await page.tap('#legend-summary');
    await page.waitForTimeout(200);
    await picture(page, 'phone-en-legend');
    assert.match(await page.textContent('#legend'), /Grades A–E/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the public is told what is hidden and why, without an empty bar'() {
    const rows = (await (await fetch(new URL('ratings?level=commune', HOME))).json()).areas;
    const area = rows.find((row) => row.incidents === null);
    assert.ok(area, 'every count is public: nothing to look at');
    const { page, wrong, close } = await opened(DESKTOP, `#area=${area.code}`);
    await page.waitForSelector('#why-sentence');
    assert.match(await text(page, '#why'), /Số vụ không công bố: đó là số nhỏ, hoặc là con số mà từ đó/);
    assert.match(await text(page, '#why'), /Công chúng xem các kỳ đã công bố/);
    assert.equal(await page.locator('#why .bar, #panel .years .bar.hidden').count(), 0);
    assert.equal(await page.locator('#panel .criteria').count(), 0, 'criteria are not for the public');
    await picture(page, 'desktop-vi-hidden');
    await page.click('#lang-en');
    await ready(page);
    assert.match(await text(page, '#why'), /The number of incidents is not published/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'before the first release the public is told since when there will be numbers, and nothing is asked in vain'() {
    const context = await browser.newContext({ ...DESKTOP, locale: 'vi-VN', serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.route('**/meta', async (route) => {
      const response = await route.fetch();
      const before = { release: null, first_release_due: '2199-01-14', windows: [], default_window: null };
      await route.fulfill({ response, json: { ...(await response.json()), ...before } });
    });
    const refused = [];
    page.on('request', (request) => /\/(ratings|tiles)/.test(request.url()) && refused.push(request.url()));
    await page.goto(HOME);
    await page.waitForFunction(() => document.querySelector('.notice')?.hidden === false);
    const sentence = 'Chưa có số liệu nào được công bố. Bản công bố đầu tiên sẽ có từ ngày 14/01/2199.';
    assert.equal(await text(page, '.notice'), sentence);
    assert.match(await text(page, '#panel'), /^Chưa có số liệu nào được công bố\./);
    assert.deepEqual(refused, []);
    await picture(page, 'desktop-vi-unreleased');
    await page.click('#lang-en');
    await page.waitForFunction(() => /^Nothing has been published yet/.test(document.querySelector('.notice').textContent));
    await context.close();
  },

  async 'an explanation that cannot be had leaves the rest of the panel'() {
    const context = await browser.newContext({ ...DESKTOP, locale: 'vi-VN', serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.route('**/explanation?*', (route) => route.abort());
    await page.goto(HOME);
    await ready(page);
    await page.keyboard.press('/');
    await page.fill('#search-input', 'tam ky');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /Chưa lấy được phần giải thích/.test(document.querySelector('#why')?.textContent ?? ''));
    assert.match(await text(page, '#panel'), /Vụ việc trong kỳ/);
    assert.equal(await page.locator('.notice:visible').count(), 0);
    await context.close();
  },

  async 'phone: why is folded until it is asked for'() {
    const { page, wrong, close } = await opened(PHONE);
    await choose(page, 'tam ky');
    assert.equal(await page.getAttribute('#why', 'open'), null);
    await page.tap('#why-summary');
    assert.ok((await text(page, '#why-sentence')).length > 20);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'the public sees no free filter and no incident points'() {
    const { page, close } = await opened(DESKTOP);
    assert.equal(await page.locator('#overlay-incidents, #severity, #categories').count(), 0);
    assert.equal(await page.locator('#window option[value=free]').count(), 0);
    const points = await page.evaluate(
      () => globalThis.binhyen.map.querySourceFeatures('areas', { sourceLayer: 'incidents' }).length,
    );
    assert.equal(points, 0);
    await close();
  },

  async 'a token that is no longer good leaves the public map'() {
    const { page, close } = await opened(DESKTOP, '#token=certainly-not-a-token');
    assert.match(await text(page, '.notice'), /Mã truy cập/);
    assert.match(await text(page, '#role'), /Công chúng/);
    assert.doesNotMatch(page.url(), /token/);
    await close();
  },

  async 'a lost connection is said, not hidden'() {
    const { page, close } = await opened(DESKTOP);
    await page.context().setOffline(true);
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    assert.match(await text(page, '.notice'), /Mất kết nối/);
    await page.context().setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.waitForFunction(() => document.querySelector('.notice')?.hidden === true);
    await close();
  },

  async 'without WebGL the search and the numbers still work'() {
    const context = await browser.newContext({ ...DESKTOP, locale: 'vi-VN' });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind.startsWith('webgl') ? null : original.call(this, kind, ...rest);
      };
    });
    await page.goto(HOME);
    await page.waitForFunction(() => document.documentElement.dataset.state === 'ready');
    assert.match(await text(page, '.notice'), /WebGL/);
    await choose(page, 'tam ky');
    await page.waitForFunction(() => document.querySelectorAll('#panel section').length >= 2);
    await picture(page, 'desktop-vi-without-webgl');
    await context.close();
  },
};

const token = tokens.commander;
if (token) {
  tests['a commander’s token leaves the address bar and shows points'] = async () => {
    const { page, wrong, close } = await opened(DESKTOP, `#at=108.45,15.6,10.8&token=${encodeURIComponent(token)}`);
    assert.doesNotMatch(page.url(), /token/);
    await page.check('#overlay-incidents');
    await ready(page);
    const points = await page.evaluate(() => globalThis.binhyen.map.queryRenderedFeatures({ layers: ['incidents'] }).length);
    assert.ok(points > 0, 'no incident point drawn');
    await picture(page, 'desktop-vi-commander');
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['a commander reads why an area has its letter, by keyboard, and it is asked for once'] = async () => {
    const headers = { Authorization: `Bearer ${token}` };
    const rows = (await (await fetch(new URL('ratings?level=commune', HOME), { headers })).json()).areas;
    const [first, second] = rows.filter((row) => row.statutory_check === 'disagrees');
    const { page, wrong, close } = await opened(DESKTOP, `#area=${first.code}&token=${encodeURIComponent(token)}`);
    const asked = [];
    page.on('request', (request) => request.url().includes('/explanation') && asked.push(request.url()));
    await page.waitForSelector('#why-sentence');
    await page.focus('#why-summary');
    await page.keyboard.press('Enter');
    assert.equal(await page.getAttribute('#why', 'open'), null);
    await page.keyboard.press('Enter');
    assert.match(await text(page, '#why-sentence'), new RegExp(`^${first.name}: từ .* ghi nhận `));
    const components = await page.locator('#why .components li').count();
    assert.ok(components >= 3 && components <= 5, `${components} components`);
    assert.match(await text(page, '#why'), /Độ tin cậy/);
    assert.match(await text(page, '#panel'), /Khác với quyết định; màu trên bản đồ theo quyết định\./);
    assert.match(await text(page, '#panel .criteria:visible >> nth=0'), /Điều 5 khoản 4/);
    await picture(page, 'desktop-vi-why');
    const goTo = async (row) => {
      await page.fill('#search-input', row.code);
      await page.waitForSelector('#search-option-0');
      await page.keyboard.press('Enter');
      await page.waitForFunction((name) => document.querySelector('#why-sentence')?.textContent.startsWith(name), row.name);
    };
    await goTo(second);
    await goTo(first);
    assert.equal(asked.filter((url) => url.includes(`/${first.code}/`)).length, 0, 'asked for what was kept');
    assert.equal(asked.filter((url) => url.includes(`/${second.code}/`)).length, 1);
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['phone: a commander’s page is no wider than the screen'] = async () => {
    const { page, wrong, close } = await opened(PHONE, `#token=${encodeURIComponent(token)}`);
    await choose(page, 'tam ky');
    await page.tap('#why-summary');
    await page.waitForTimeout(300);
    await picture(page, 'phone-vi-commander');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `the page is ${overflow} px too wide`);
    assert.deepEqual(wrong, []);
    await close();
  };
}
