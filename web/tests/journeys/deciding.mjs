// Reading and deciding: the chain to the letter, periods, the planner's plot and rules, areas by periods, chosen columns.
import assert from 'node:assert/strict';
import { DESKTOP, HOME, opened, PHONE, picture, ready, text, tokens } from './kit/browser.mjs';

const as = (role) => `&token=${encodeURIComponent(tokens[role])}`;
const AREA = '20341';

async function explained(role) {
  const headers = role === 'public' ? {} : { Authorization: `Bearer ${tokens[role]}` };
  return (await fetch(new URL(`areas/2025-07/${AREA}/explanation`, HOME), { headers })).json();
}

const comma = (value, digits) => value.toFixed(digits).replace('.', ',');

export const tests = {
  async 'the public reads four lines to the letter, from published numbers, and what would change it'() {
    const explanation = await explained('public');
    const { page, wrong, close } = await opened(DESKTOP, `#area=${AREA}`);
    await page.waitForSelector('#why-chain');
    assert.equal(await page.locator('#why-chain > li').count(), 4);
    const chain = await text(page, '#why-chain');
    assert.ok(chain.includes(`${explanation.unweighted.observed} vụ`), chain);
    assert.ok(chain.includes(`${comma(explanation.weighted.ratio, 2)} lần mức chung`), chain);
    assert.ok(!chain.includes('điểm'), 'the public is told points');
    assert.match(await text(page, '#why-change'), /(bớt|thêm) \d+ vụ thì thành [A-E]/);
    assert.deepEqual(wrong, []);
    await close();
  },

  async 'a phone reads a period in words and has no quick days as the public'() {
    const { page, wrong, close } = await opened(PHONE);
    assert.equal(await page.locator('.quick').count(), 0);
    assert.match(await page.textContent('#window-what'), /Ba năm thống kê|Năm thống kê/);
    assert.deepEqual(wrong, []);
    await close();
  },
};

if (tokens.planner) {
  tests['a planner reads five lines, one interval, and how many incidents would change the letter'] = async () => {
    const explanation = await explained('planner');
    const { page, wrong, close } = await opened(DESKTOP, `#area=${AREA}${as('planner')}`);
    await page.waitForSelector('#why-chain');
    const lines = page.locator('#why-chain > li');
    assert.equal(await lines.count(), 5);
    const weighted = await lines.nth(2).innerText();
    assert.match(weighted, /điểm, theo mức chung/);
    assert.match(weighted, /dòng trên/);
    assert.equal(await page.locator('#why-chain .step').count(), 4);
    const chain = await text(page, '#why-chain');
    assert.deepEqual(
      [...chain.matchAll(/Khoảng (\d+)/g)].map(([, level]) => Number(level)),
      [100 * explanation.method.interval],
    );
    assert.match(await text(page, '#why-change'), /\d+ vụ mức “.+” \(mỗi vụ \d+ điểm\) thì thành [A-E]/);
    await picture(page, 'why-chain');
    assert.deepEqual(wrong, []);
    await close();
  };

  tests['a planner chooses the last days: counts with a sentence; days are written dd/mm/yyyy and wrong ones are told'] =
    async () => {
      const { page, wrong, close } = await opened(DESKTOP, `#layer=grade${as('planner')}`);
      await page.click('#quick-7');
      await page.waitForFunction(() => location.hash.includes('layer=count'));
      await ready(page);
      assert.equal(await page.getAttribute('#quick-7', 'aria-pressed'), 'true');
      assert.match(await text(page, '#short-period'), /khu vực chưa đủ số liệu để xếp loại, nên bản đồ hiện số vụ/);
      const [from, until] = [await page.inputValue('#from'), await page.inputValue('#until')];
      for (const day of [from, until]) assert.match(day, /^\d\d\/\d\d\/\d{4}$/);
      await page.click('#short-grade');
      await ready(page);
      assert.match(await text(page, '#short-period'), /Có thể xem/);
      await page.fill('#from', '31/02/2025');
      await page.press('#from', 'Tab');
      assert.match(await text(page, '#from-wrong'), /ví dụ 05\/01\/2025/);
      assert.ok(page.url().includes('from=20'), 'a wrong day changed the period');
      await page.fill('#from', '1/3/2025');
      await page.press('#from', 'Tab');
      await page.waitForFunction(() => location.hash.includes('from=2025-03-01'));
      await ready(page);
      assert.equal(await page.inputValue('#from'), '01/03/2025');
      assert.equal(await page.locator('#from-wrong').count(), 0);
      assert.deepEqual(wrong, []);
      await close();
    };

  tests['a planner picks areas by a rule and by a box: the map mutes the others, the table has them alone, the rule stays'] =
    async () => {
      const { page, wrong, close } = await opened(DESKTOP, `#layer=grade${as('planner')}`);
      await page.click('#quadrant-summary');
      await page.waitForSelector('#quadrant-plot .dot');
      await page.click('#rule-save');
      const taken = Number(await text(page, '#rules-saved li b'));
      await page.click('#rule-0');
      await ready(page);
      assert.match(await text(page, '#quadrant-picked'), new RegExp(`Đang chọn ${taken} khu vực`));
      const muted = await page.evaluate(() => {
        const { map } = globalThis.binhyen;
        const layer = map.getStyle().layers.find(({ metadata }) => metadata?.['binhyen:group']);
        return layer.layout.visibility;
      });
      assert.equal(muted, 'visible');
      await picture(page, 'quadrant');
      // The former districts are summed from the communes on show.
      await page.click('#former-summary');
      await page.waitForSelector('#former-sums tbody tr');
      assert.ok((await page.locator('#former-sums tbody tr').count()) > 10);
      await page.click('#quadrant-table');
      await page.waitForSelector('#table-picked');
      assert.equal(await page.getAttribute('#table [role=grid]', 'aria-rowcount'), String(taken + 1));
      await page.click('#table-all');
      await page.waitForFunction(() => Number(document.querySelector('#table [role=grid]').getAttribute('aria-rowcount')) > 50);
      await page.click('#view-map');
      await ready(page);
      const plot = await page.locator('#quadrant-plot').boundingBox();
      await page.mouse.move(plot.x + 40, plot.y + 20);
      await page.mouse.down();
      await page.mouse.move(plot.x + plot.width * 0.9, plot.y + plot.height * 0.8, { steps: 4 });
      await page.mouse.up();
      await page.waitForSelector('#quadrant-picked');
      assert.ok((await page.locator('#quadrant-plot .dot.in').count()) > 10);
      await page.reload();
      await ready(page);
      await page.click('#quadrant-summary');
      assert.match(await text(page, '#rules-saved li'), /xếp D–E và dưới 6 mô hình/);
      assert.deepEqual(wrong, []);
      await close();
    };

  tests['a planner finds areas by typing and crosses them with two periods in one table'] = async () => {
    const { page, wrong, close } = await opened(
      DESKTOP,
      `#mode=compare&window=TK-2025&against=TK-2024&compare=${AREA}${as('planner')}`,
    );
    await page.waitForSelector('#compare-add');
    await page.click('#compare-add');
    await page.fill('#compare-add', 'hoi an');
    assert.match(await text(page, '#compare-option-0'), /Hội An/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /compare=\d+,\d+/.test(location.hash));
    await page.waitForSelector('#crossed tbody tr:nth-child(3)');
    const row = await page.locator('#crossed tbody tr').nth(1).locator('td').allInnerTexts();
    const number = (cell) => Number(cell.replaceAll('.', '').replace('−', '-'));
    assert.equal(number(row[2]), number(row[1]) - number(row[0]));
    assert.match(await text(page, '#crossed thead'), /trên 100\.000 người-năm/);
    await picture(page, 'crossed');
    assert.deepEqual(wrong, []);
    await close();
  };
}

tests['the table has units in its heads, and keeps the chosen columns on the device'] = async () => {
  const { page, wrong, close } = await opened(DESKTOP, '#mode=table');
  await page.waitForSelector('#sort-rate');
  assert.match(await text(page, '#sort-rate'), /trên 100\.000 người-năm/);
  assert.match(await text(page, '#sort-density'), /trên 10\.000 dân/);
  await page.click('#table-columns-summary');
  await page.uncheck('#column-code');
  assert.equal(await page.locator('#sort-code').count(), 0);
  await page.reload();
  await ready(page);
  await page.waitForSelector('#sort-rate');
  assert.equal(await page.locator('#sort-code').count(), 0);
  await page.click('#table-columns-summary');
  await page.click('#columns-all');
  assert.equal(await page.locator('#sort-code').count(), 1);
  assert.deepEqual(wrong, []);
  await close();
};
