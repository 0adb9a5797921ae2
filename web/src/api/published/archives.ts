/** Tiles of a published site: read from PMTiles archives by ranges. */

import { addProtocol } from 'maplibre-gl';
import { Protocol } from 'pmtiles';

const SCHEME = 'pmtiles';
let isReading = false;

/** The template of the tiles in the archive at `url`, in the form in which an address that stands alone may be written. */
export function archivedTiles(url: URL): string {
  return `${SCHEME}://${url.host}${url.pathname}/{z}/{x}/{y}`;
}

/** Lets every map of the page read such tiles from now on. */
export function readArchives(): void {
  if (isReading) return;
  isReading = true;
  const { tile } = new Protocol();
  // The reader of archives takes the whole address of one, with its own scheme.
  const whole = (url: string): string => url.replace(`${SCHEME}://`, `${SCHEME}://${location.protocol}//`);
  addProtocol(SCHEME, (request, abort) => tile({ ...request, url: whole(request.url) }, abort));
}
