/**
 * The page for frames on other sites: a picture drawn by the server, and on demand the map itself with its legend.
 * Always the public's view. Until somebody asks for the map this file is all that runs.
 */

import './css/apart/embed.css';
import { isPublished } from './api/published/mark';
import { askAsPublic } from './api/token';
import { reportHeight } from './embed/height';
import { Poster } from './embed/poster';
import { readFrameOptions, type FrameOptions } from './embed/options';
import { embedWords } from './embed/words';
import { sourceLine } from './embed/source_line';
import { region } from './parts/elements/dom';
import { fill } from './parts/elements/dom';

async function open(options: FrameOptions, poster: Poster): Promise<void> {
  poster.busy();
  try {
    const { EmbeddedMap } = await import('./embed/embedded_map');
    await EmbeddedMap.open(options, poster);
  } catch (error) {
    poster.failed();
    console.error(error);
  }
}

/** The form of reports, loaded when somebody first asks for it. */
async function report(options: FrameOptions): Promise<void> {
  const { openReporting } = await import('./embed/reporting');
  await openReporting(options.lang);
}

function begin(): void {
  const device = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const options = readFrameOptions(location.hash, device);
  document.documentElement.lang = options.lang;
  document.documentElement.dataset['scheme'] = options.scheme;
  const say = embedWords(options.lang);
  document.title = say('title');
  fill(region('source'), ...sourceLine(options, say, () => void report(options)));
  const poster = new Poster(region('stage'), region('act'), options, say, () => void open(options, poster));
  reportHeight(region('stage'), [region('headline'), region('below')]);
  document.documentElement.dataset['state'] = 'poster';
  if (options.start === 'map' || isPublished) void open(options, poster);
}

askAsPublic();
begin();
// The fragment is the whole request: another one is another frame.
addEventListener('hashchange', () => location.reload());
