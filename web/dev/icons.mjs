/** Draws the icons of the installed page from src/icon.svg in Chromium:  node dev/icons.mjs  (CHROMIUM: path of the browser). */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PAPER = '#fdfcf9';
const SIGN = readFileSync(new URL('../src/icon.svg', import.meta.url), 'utf8');
/** The share of the square that the sign fills. Of a maskable icon only the circle of 80 % is sure to be seen. */
const ICONS = [
  { name: 'icon-192', side: 192, share: 0.96, ground: 'transparent' },
  { name: 'icon-512', side: 512, share: 0.96, ground: 'transparent' },
  { name: 'icon-maskable-512', side: 512, share: 0.58, ground: PAPER },
  { name: 'icon-apple-180', side: 180, share: 0.72, ground: PAPER },
];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const { name, side, share, ground } of ICONS) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  await page.setContent(
    `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${ground}}svg{width:${100 * share}vw}</style>${SIGN}`,
  );
  await page.screenshot({ path: new URL(`../public/icons/${name}.png`, import.meta.url).pathname, omitBackground: true });
  await page.close();
}
await browser.close();
