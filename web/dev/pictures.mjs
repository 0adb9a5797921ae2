// Takes the pictures of the README anew:  BINHYEN_URL=http://127.0.0.1:8080/ npm run pictures
// Needs Chromium and a running server on the sample; with BINHYEN_COMMANDER_TOKEN also the pictures of a commander.
import { mkdirSync, writeFileSync } from 'node:fs';
import { browser, tokens } from '../tests/journeys/kit/browser.mjs';
import { nameOf, pathIn, seen, VIEWS } from '../tests/journeys/kit/views.mjs';

const PICTURES = new URL('../pictures/', import.meta.url).pathname;
const commander = tokens.commander ? `token=${encodeURIComponent(tokens.commander)}` : null;
const MORE = commander
  ? [{ name: 'commander', path: '', fragment: `${commander}&show=incidents,models&area=20335`, screens: [] }]
  : [];
const SCREEN = { screen: 'desktop', lang: 'vi', scheme: 'light' };
const ALSO = {
  map: [
    { screen: 'desktop', lang: 'en', scheme: 'dark' },
    { screen: 'phone', lang: 'vi', scheme: 'light' },
  ],
  area: [{ screen: 'phone', lang: 'vi', scheme: 'light' }],
};

mkdirSync(PICTURES, { recursive: true });
for (const view of [...VIEWS, ...MORE]) {
  for (const screen of [SCREEN, ...(ALSO[view.name] ?? [])]) {
    const { seen: bytes } = await seen(view, screen, (page) => page.screenshot());
    writeFileSync(pathIn(PICTURES, nameOf(view, screen)), bytes);
    console.log(nameOf(view, screen));
  }
}
await browser.close();
