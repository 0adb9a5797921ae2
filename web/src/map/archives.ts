/** Tiles of a published site: read from PMTiles archives by ranges. */

import { addProtocol } from 'maplibre-gl';
import { Protocol } from 'pmtiles';

let isReading = false;

/** Lets every map of the page read `pmtiles://` addresses from now on. */
export function readArchives(): void {
  if (isReading) return;
  isReading = true;
  addProtocol('pmtiles', new Protocol().tile);
}
