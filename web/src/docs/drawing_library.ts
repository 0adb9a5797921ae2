/** The pieces of MapLibre that the example uses: by name, so that the page's own copy does not grow by the rest. */

import 'maplibre-gl/dist/maplibre-gl.css';
import { Map, Popup, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';

setWorkerUrl(new URL(workerUrl, import.meta.url).href);

/** What the snippet with tiles draws with; loaded when it is run. */
export const library = { Map, Popup };
