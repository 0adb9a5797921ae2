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

/** Leaflet knows no styles: its page takes the colours and the tiles out of the simple one. */
const leaflet = (api) => `${HEAD}
  <link rel="stylesheet" href="/leaflet/dist/leaflet.css"><div id="map"></div><script src="/leaflet/dist/leaflet.js"></script>
  <script src="/leaflet.vectorgrid/dist/Leaflet.VectorGrid.bundled.js"></script>
  <script type="module">
  const style = await (await fetch('${api}/styles/light?simple=true')).json();
  const { tiles, maxzoom } = await (await fetch(style.sources.areas.url)).json();
  const [, , ...pairs] = style.layers.find(({ id }) => id === 'simple-grade').paint['fill-color'];
  const colours = new Map(pairs.slice(0, -1).flatMap((grade, at) => (at % 2 ? [] : [[grade[0], pairs[at + 1]]])));
  const area = ({ grade }) => ({ fill: true, fillOpacity: 1, fillColor: colours.get(grade) ?? pairs.at(-1), weight: 0.5, color: '#fff' });
  const map = L.map('map').setView([...style.center].reverse(), Math.round(style.zoom) + 1);
  const hidden = { districts: [], province: [], labels: [], models: [], incidents: [] };
  const grid = L.vectorGrid.protobuf(tiles[0], { maxNativeZoom: maxzoom, vectorTileLayerStyles: { ...hidden, communes: area } });
  grid.on('load', () => setTimeout(() => { window.drawn = {}; }, 500)).addTo(map);
  </script>`;

export const clients = {
  'maplibre-3': classic('maplibre-3', 'maplibre-gl', 'maplibregl'),
  'maplibre-4': classic('maplibre-4', 'maplibre-gl', 'maplibregl'),
  'maplibre-5': classic('maplibre-5', 'maplibre-gl', 'maplibregl'),
  'maplibre-newest': newest,
  'mapbox-1': classic('mapbox-1', 'mapbox-gl', 'mapboxgl'),
  openlayers: openLayers,
  leaflet,
};
