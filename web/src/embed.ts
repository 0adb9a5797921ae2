/**
 * The page for frames on other sites: a picture drawn by the server, and on demand the map itself with its legend.
 * Always the public's view. Until somebody asks for the map this file is all that runs.
 */

import './css/apart/embed.css';
import { askAsPublic } from './api/token';
import { reportHeight } from './embed/height';
import { Poster } from './embed/poster';
import { readWish, type Wish } from './embed/options';
import { embedWords } from './embed/words';
import { sourceLine } from './embed/source_line';
import { region } from './parts/elements/dom';
import { fill } from './parts/elements/dom';

async function open(wish: Wish, poster: Poster): Promise<void> {
  poster.busy();
  try {
    const { EmbeddedMap } = await import('./embed/embedded_map');
    await EmbeddedMap.open(wish, poster);
  } catch (error) {
    poster.failed();
    console.error(error);
  }
}

function begin(): void {
  const device = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const wish = readWish(location.hash, device);
  document.documentElement.lang = wish.lang;
  document.documentElement.dataset['scheme'] = wish.scheme;
  const say = embedWords(wish.lang);
  document.title = say('title');
  fill(region('source'), ...sourceLine(wish, say));
  const poster = new Poster(region('stage'), wish, say, () => void open(wish, poster));
  reportHeight(region('stage'), [region('headline'), region('below')]);
  document.documentElement.dataset['state'] = 'poster';
  if (wish.start === 'map') void open(wish, poster);
}

askAsPublic();
begin();
// The fragment is the whole request: another one is another frame.
addEventListener('hashchange', () => location.reload());
