/** The numbers behind the panel as files: of the area, of its course, of all areas under the same filter. */

import { download, isOpenTo } from '../../api/download';
import { address, areaAddress, ratingsAddress } from '../../api/client';
import { isPublished } from '../../api/published/mark';
import type { AreaRow } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { courseQueries } from '../../view/time/series';
import { filterOf } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import type { Scene } from '../scene';
import { publishedTable } from './published_tables';

interface Files {
  label: MessageKey;
  /** The address without its format. */
  url: string;
  formats: string[];
}

const TABLES = ['csv', 'xlsx', 'json'];

function withFormat(url: string, format: string): string {
  const found = new URL(url);
  if (format !== 'geojson') found.searchParams.set('f', format);
  return found.href;
}

function spoken(scene: Scene, url: string): string {
  const found = new URL(url);
  found.searchParams.set('lang', scene.view.lang);
  return found.href;
}

function filesOf(scene: Scene, area: AreaRow | null): Files[] {
  const filter = filterOf(scene.view);
  const { edition, level } = scene.view;
  const course = area && courseQueries(scene.view, scene.meta, area.code, 'year').at(-1);
  const shapes = new URLSearchParams(filter);
  shapes.set('level', level);
  return [
    ...(area
      ? [
          {
            label: 'links.area' as const,
            url: spoken(scene, areaAddress(edition, area.code, '/explanation', filter)),
            formats: TABLES,
          },
        ]
      : []),
    ...(course ? [{ label: 'links.course' as const, url: spoken(scene, address('series', course)), formats: TABLES }] : []),
    { label: 'links.all', url: spoken(scene, ratingsAddress(level, filter)), formats: TABLES },
    { label: 'links.shapes', url: address('areas', shapes), formats: ['geojson'] },
  ];
}

/** A link to a file. The token of a role does not fit into a link, so the page fetches the file for it. */
function link(scene: Scene, name: string, url: string, format: string): Drawn {
  const fetched = (event: Event): void => {
    if (isOpenTo(url)) return;
    event.preventDefault();
    download(url, `binhyen.${format}`).then(
      () => scene.announce(scene.messages.say('links.saved')),
      () => scene.announce(scene.messages.say('links.failed')),
    );
  };
  return element(
    'a',
    { href: url, download: '', 'aria-label': `${name}, ${format.toUpperCase()}`, click: fetched },
    format === 'geojson' ? 'GeoJSON' : format.toUpperCase(),
  );
}

function row(scene: Scene, { label, url, formats }: Files): Drawn {
  const name = scene.messages.say(label);
  const links = formats.map((format) => link(scene, name, withFormat(url, format), format));
  return element('li', {}, element('span', {}, name), element('span', { class: 'formats' }, ...links));
}

/** The tables of a published site. */
function publishedRow(scene: Scene): Drawn {
  const name = scene.messages.say('links.all');
  const links = TABLES.map((format) => link(scene, name, publishedTable(scene, format), format));
  return element('li', {}, element('span', {}, name), element('span', { class: 'formats' }, ...links));
}

/** The links to files, folded; without an area only those of the whole view. */
export function linksPart(scene: Scene, area: AreaRow | null): Drawn {
  const { messages } = scene;
  const rows = isPublished ? [publishedRow(scene)] : filesOf(scene, area).map((files) => row(scene, files));
  return fold('links', 'closed', element('h3', {}, messages.say('links')), element('ul', { class: 'links' }, ...rows));
}
