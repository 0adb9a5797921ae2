// One page for each map library, as its users write them: the address of our style and nothing else.
// `window.drawn` says that the picture is whole, and what the library knows of it.

const HEAD = '<!doctype html><meta charset="utf-8"><style>html,body,#map{margin:0;width:760px;height:620px}</style>';

/** What a GL library says of its picture: names that found room, and areas under a pattern whose image is there. */
const REPORT = `
  map.on('error', ({ error }) => console.error(error?.message ?? error));
  map.on('styleimagemissing', ({ id }) => console.error('no image ' + id));
  map.once('idle', () => {
    const of = (wanted) => map.getStyle().layers.filter(wanted).map(({ id }) => id);
    const names = of(({ type, source }) => type === 'symbol' && source === 'areas');
    const patterns = of(({ paint }) => paint?.['fill-pattern'] && map.hasImage(paint['fill-pattern']));
    const found = (layers) => map.queryRenderedFeatures({ layers }).length;
    window.drawn = { names: found(names), patterns: found(patterns) };
  });`;

const styleOf = (api) => `${api}/styles/light`;

const classic = (folder, file, library) => (api) => `${HEAD}
  <link rel="stylesheet" href="/${folder}/dist/${file}.css"><div id="map"></div><script src="/${folder}/dist/${file}.js"></script>
  <script>const map = new ${library}.Map({ container: 'map', style: '${styleOf(api)}', fadeDuration: 0 });${REPORT}</script>`;

const newest = (api) => `${HEAD}
  <link rel="stylesheet" href="/maplibre-gl/dist/maplibre-gl.css"><div id="map"></div>
  <script type="module">
  import { Map, setWorkerUrl } from '/maplibre-gl/dist/maplibre-gl.mjs';
  setWorkerUrl('/maplibre-gl/dist/maplibre-gl-worker.mjs');
  const map = new Map({ container: 'map', style: '${styleOf(api)}', fadeDuration: 0 });${REPORT}</script>`;

const openLayers = (api) => `${HEAD}
  <link rel="stylesheet" href="/ol/ol.css"><div id="map"></div><script src="/openlayers.js"></script>
  <script>applyStyle('map', '${styleOf(api)}').then((map) => {
    map.once('rendercomplete', () => setTimeout(() => { window.drawn = {}; }, 1000));
    map.render();
  });</script>`;

export const clients = {
  'maplibre-3': classic('maplibre-3', 'maplibre-gl', 'maplibregl'),
  'maplibre-newest': newest,
  'mapbox-1': classic('mapbox-1', 'mapbox-gl', 'mapboxgl'),
  openlayers: openLayers,
};
