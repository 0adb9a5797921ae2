// Somebody who has never signed in: finds where, reads what a token is, is told of a wrong one, comes in, and leaves again.
import assert from 'node:assert/strict';
import { DESKTOP, HOME, opened, PHONE, picture, ready, text, tokens } from '../kit/browser.mjs';

/** What a token that is tried and refused leaves in the console, and nothing else. */
const refused = (wrong) => wrong.filter((line) => !/401/.test(line));

async function signedIn(page, role) {
  await page.waitForFunction((name) => document.querySelector('#role')?.textContent.includes(name), role);
  await ready(page);
}

export const tests = {
  async 'signing in has a place on every screen, and says what a token is and who gives it'() {
    for (const [options, button, name] of [
      [DESKTOP, '#role', 'desktop'],
      [PHONE, '#role-open', 'phone'],
    ]) {
      const { page, wrong, close } = await opened(options);
      const sign = page.locator(button);
      assert.equal(await sign.isVisible(), true, name);
      assert.match((await sign.getAttribute('aria-label')) ?? (await sign.innerText()), /Đăng nhập/);
      await sign.click();
      await page.waitForSelector('#access-token', { state: 'visible' });
      const said = await text(page, '#access');
      for (const words of [
        /không cần đăng nhập/,
        /Tham mưu/,
        /Chỉ huy/,
        /Vận hành/,
        /người vận hành máy chủ cấp/,
        /Chưa có mã\?/,
      ])
        assert.match(said, words);
      assert.equal(await page.locator('#access-enter').isDisabled(), true, 'nothing is typed yet');
      await picture(page, `sign-in-${name}`);
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => `#${document.activeElement.id}`), button, 'the focus goes back');
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(overflow, 0);
      assert.deepEqual(wrong, []);
      await close();
    }
  },

  async 'a wrong token says so, and leaves everything as it was'() {
    const { page, wrong, close } = await opened(DESKTOP, '#lang=en&layer=rate');
    await page.click('#role');
    await page.waitForSelector('#access-token');
    for (const typed of ['no-such-token', 'mã có dấu']) {
      await page.fill('#access-token', typed);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => /opens no role/.test(document.querySelector('#access-fault').textContent));
      assert.equal(await page.evaluate(() => document.activeElement.id), 'access-token');
      assert.equal(await page.getAttribute('#access-token', 'aria-invalid'), 'true');
    }
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    assert.match(await text(page, '#role'), /Public/);
    assert.deepEqual(refused(wrong), []);
    await close();
  },
};

if (tokens.planner)
  tests['by keyboard alone a token opens its role on the view that was open, and the role is left only when asked'] =
    async () => {
      const { page, wrong, close } = await opened(DESKTOP, '#layer=rate&area=20341');
      await page.focus('#role');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#access-token');
      await page.keyboard.type(tokens.planner);
      await page.keyboard.press('Enter');
      await signedIn(page, 'Tham mưu');
      assert.match(page.url(), /layer=rate.*area=20341/);
      assert.ok(!page.url().includes(tokens.planner), 'the token stands in the address');
      await page.click('#role');
      await page.waitForSelector('#access-leave');
      assert.match(await text(page, '#access'), /Vai trò: Tham mưu/);
      assert.equal(await page.locator('#access-desk').count(), 0, 'a planner has no desk');
      const asked = [];
      page.on('dialog', (dialog) => {
        asked.push(dialog.message());
        void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
      });
      await page.click('#access-leave');
      assert.match(await text(page, '#role'), /Tham mưu/);
      await page.click('#access-leave');
      await signedIn(page, 'Đăng nhập');
      assert.match(asked[0], /Thoát vai trò Tham mưu/);
      assert.deepEqual(wrong, []);
      await close();
    };

if (tokens.operator)
  tests['a start link pasted into the field works like the token in it'] = async () => {
    const { page, wrong, close } = await opened(PHONE);
    await page.tap('#role-open');
    await page.fill('#access-token', `${HOME}#token=${tokens.operator}`);
    await page.tap('#access-enter');
    await signedIn(page, 'Vận hành');
    assert.match(await page.getAttribute('#role-open', 'aria-label'), /Vận hành/);
    assert.deepEqual(wrong, []);
    await close();
  };
