// A planner signs in with the account of the office, in Chromium, at a provider from the registry; looks, and leaves. And
// somebody whose account has no role, somebody who was sent back by nobody, and a provider that goes away.
// BINHYEN_BIN names the program. Prints "N passed, N failed".
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { provider } from './provider.mjs';

const root = new URL('../../../', import.meta.url);
const require = createRequire(new URL('web/package.json', root));
const { chromium } = require('playwright-core');
const { FLAGS } = await import(new URL('web/tests/journeys/kit/flags.mjs', root));
const RESULTS = new URL('web/test-results/', root).pathname;
mkdirSync(RESULTS, { recursive: true });

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** A server on the sample that believes the provider. */
async function server(port, { issuer, audience }) {
  const folder = mkdtempSync(join(tmpdir(), 'binhyen-sign-in-'));
  const config = join(folder, 'binhyen.toml');
  const settings = [
    'audit_days = 30',
    '[oidc]',
    `issuer = "${issuer}"`,
    'client_id = "binhyen-page"',
    `audiences = ["${audience}"]`,
    'role_claim = "roles"',
    'label = "Công an tỉnh"',
    '[oidc.roles]',
    '"binhyen-planner" = "planner"',
    '"binhyen-commander" = "commander"',
  ];
  writeFileSync(config, settings.join('\n'));
  const log = join(folder, 'log');
  const data = join(folder, 'data');
  const binary = process.env.BINHYEN_BIN ?? new URL('target/debug/binhyen', root).pathname;
  const args = ['serve', '--sample', '--listen', `127.0.0.1:${port}`, '--data', data, '--config', config];
  const child = spawn('sh', ['-c', 'exec "$0" "$@" > "$LOG" 2>&1', binary, ...args], { env: { ...process.env, LOG: log } });
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) break;
    assert.ok(tries < 1200 && child.exitCode === null, `the server is not ready:\n${readFileSync(log, 'utf8')}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  const audit = async () => {
    const export_ = spawn(binary, ['audit', 'export', '--data', data], { env: { ...process.env, LC_ALL: 'C' } });
    let lines = '';
    export_.stdout.on('data', (bytes) => (lines += bytes));
    await once(export_, 'close');
    return lines.trim().split('\n').map((line) => JSON.parse(line));
  };
  return { stop, audit, log: () => readFileSync(log, 'utf8'), remove: () => rmSync(folder, { recursive: true }) };
}

const port = await freePort();
const home = `http://127.0.0.1:${port}/`;
const office = await provider(home);
const map = await server(port, office);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

async function opened(path = '') {
  const context = await browser.newContext({ locale: 'vi-VN', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const wrong = [];
  // What the provider's own pages lack is not ours.
  const isOurs = (message) => message.type() === 'error' && message.location().url.startsWith(home);
  page.on('console', (message) => isOurs(message) && wrong.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => wrong.push(error.message));
  await page.goto(home + path, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: 150_000 });
  return { page, wrong, context };
}

/** Goes to the office and signs in there under a name. */
async function signIn(page, name) {
  await page.click('#role');
  await page.waitForSelector('#access-provider:not([disabled])');
  await page.click('#access-provider');
  await page.waitForURL(`${office.issuer}/interaction/**`);
  await page.fill('input[name=login]', name);
  await page.fill('input[name=password]', 'any');
  await page.click('button[type=submit]');
  await page.waitForSelector('form:has(input[value=consent])');
  await page.click('button[type=submit]');
  await page.waitForURL((url) => url.href.startsWith(home) && !url.pathname.endsWith('/signed-in'));
  await page.waitForFunction(() => document.documentElement.dataset.state === 'ready', null, { timeout: 150_000 });
}

const tests = {
  async 'a planner finds the way, signs in, comes back to the same view, is renewed, and leaves'() {
    const { page, wrong, context } = await opened('#layer=rate&area=20341');
    await page.click('#role');
    await page.waitForSelector('#access-provider:not([disabled])');
    assert.match(await page.innerText('#access'), /Đăng nhập bằng tài khoản cơ quan[\s\S]*Công an tỉnh/);
    await page.screenshot({ path: join(RESULTS, 'sign-in-provider.png') });
    await page.keyboard.press('Escape');
    await signIn(page, 'quy-hoach');
    const address = new URL(page.url());
    assert.equal(address.search, '', 'nothing of the sign-in stays in the address');
    assert.match(address.hash, /layer=rate/);
    assert.match(await page.innerText('#role'), /Tham mưu/);
    await page.screenshot({ path: join(RESULTS, 'signed-in-planner.png') });
    const kept = await page.evaluate(() => ({ session: Object.keys(sessionStorage), local: JSON.stringify(localStorage), cookies: document.cookie }));
    assert.ok(!kept.session.includes('binhyen.sign-in') && kept.session.includes('binhyen.token'));
    const token = await page.evaluate(() => sessionStorage.getItem('binhyen.token'));
    assert.ok(!kept.local.includes(token) && kept.cookies === '');
    assert.equal(JSON.parse(atob(token.split('.')[0].replaceAll('-', '+').replaceAll('_', '/'))).alg, 'RS256');
    // The token lasts little longer than a minute: within seconds it is exchanged for the next.
    await page.waitForFunction((old) => sessionStorage.getItem('binhyen.token') !== old, token, { timeout: 30_000 });
    assert.deepEqual(office.asked.slice(0, 2), ['authorization_code', 'refresh_token']);
    assert.equal(office.asked.filter((grant) => grant === 'authorization_code').length, 1);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.click('#role');
    await page.click('#access-leave');
    await page.waitForFunction(() => /Công chúng/.test(document.querySelector('#role')?.textContent));
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), []);
    assert.deepEqual(wrong, []);
    await context.close();
  },

  async 'an account without a role opens nothing, and says so'() {
    const { page, context } = await opened();
    await signIn(page, 'khach');
    assert.match(await page.innerText('#role'), /Công chúng/);
    assert.match(await page.innerText('#notices'), /chưa được cấp vai trò/);
    assert.equal(await page.evaluate(() => sessionStorage.getItem('binhyen.token')), null);
    await context.close();
  },

  async 'who was sent back without having left is not signed in'() {
    const { page, context } = await opened('signed-in?code=stolen&state=guessed');
    assert.equal(new URL(page.url()).pathname, '/');
    assert.match(await page.innerText('#notices'), /Chưa đăng nhập được/);
    assert.match(await page.innerText('#role'), /Công chúng/);
    await context.close();
  },

  async 'every sign-in is a line of the audit log, without a name'() {
    await map.stop();
    const lines = await map.audit();
    const signIns = lines.filter(({ action, label }) => action === 'sign_in' && label.startsWith('Công an tỉnh ('));
    assert.ok(signIns.length >= 1, JSON.stringify(lines));
    assert.ok(signIns.every(({ token_id, role }) => /^[0-9a-f]{16}$/.test(token_id) && role === 'planner'));
    assert.ok(!JSON.stringify(lines).includes('quy-hoach') && !map.log().includes('code='));
  },
};

let [passed, failed] = [0, 0];
for (const [name, run] of Object.entries(tests)) {
  try {
    await run();
    passed += 1;
    console.log(`ok      ${name}`);
  } catch (error) {
    await Promise.all(browser.contexts().map((context) => context.close()));
    failed += 1;
    console.log(`FAILED  ${name}\n        ${String(error.stack ?? error).replaceAll('\n', '\n        ')}`);
  }
}
await browser.close();
office.close();
map.remove();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
