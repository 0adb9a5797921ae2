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
  <link rel="stylesheet" href="/ol/ol.css"><div id="map"></div><script type="module" src="/openlayers.js"></script>
  <script type="module">applyStyle('map', '${styleOf(api)}').then((map) => {
    map.once('rendercomplete', () => setTimeout(() => { window.drawn = {}; }, 1000));
    map.render();
  });</script>`;

/** What a page takes out of our styles where its library knows none: the tiles, the colour of each grade. */
const SIMPLE = (api) => `
  const style = await (await fetch('${api}/styles/light?simple=true')).json();
  const tileJson = await (await fetch(style.sources.areas.url)).json();
  const [, , ...pairs] = style.layers.find(({ id }) => id === 'simple-grade').paint['fill-color'];
  const colours = new Map(pairs.slice(0, -1).flatMap((grade, at) => (at % 2 ? [] : [[grade[0], pairs[at + 1]]])));
  const colourOf = ({ grade }) => colours.get(grade) ?? pairs.at(-1);`;

const leaflet = (api) => `${HEAD}
  <link rel="stylesheet" href="/leaflet/dist/leaflet.css"><div id="map"></div><script src="/leaflet/dist/leaflet.js"></script>
  <script src="/leaflet.vectorgrid/dist/Leaflet.VectorGrid.bundled.js"></script>
  <script type="module">${SIMPLE(api)}
  const area = (properties) => ({ fill: true, fillOpacity: 1, fillColor: colourOf(properties), weight: 0.5, color: '#fff' });
  const map = L.map('map').setView([...style.center].reverse(), Math.round(style.zoom) + 1);
  const hidden = { districts: [], province: [], labels: [], models: [], incidents: [] };
  const layers = { ...hidden, communes: area };
  const grid = L.vectorGrid.protobuf(tileJson.tiles[0], { maxNativeZoom: tileJson.maxzoom, vectorTileLayerStyles: layers });
  grid.on('load', () => setTimeout(() => { window.drawn = {}; }, 500)).addTo(map);
  </script>`;

/** deck.gl knows no styles either. It draws patterns out of our sprite, and names in a font of the page where they do not collide. */
const deckGl = (api) => `${HEAD}<div id="map"></div><script type="module" src="/deck.js"></script>
  <script type="module">${SIMPLE(api)}
  const { sprite, layers } = await (await fetch('${styleOf(api)}')).json();
  const ofGrade = ({ filter, paint }) => paint?.['fill-pattern'] && filter[0] === '==' && filter[1][1] === 'grade';
  const patterns = new Map(layers.filter(ofGrade).map(({ filter, paint }) => [filter[2], paint['fill-pattern']]));
  const rgb = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const mvt = { workerUrl: '/@loaders.gl/mvt/dist/mvt-worker.js' };
  const shared = { data: style.sources.areas.url, binary: false, pickable: true };
  const areas = new deck.MVTLayer({
    ...shared, id: 'areas', loadOptions: { mvt: { ...mvt, layers: ['communes'] } },
    getFillColor: ({ properties }) => rgb(colourOf(properties)),
    getLineColor: [255, 255, 255], lineWidthUnits: 'pixels', getLineWidth: 0.5,
  });
  const hatched = new deck.MVTLayer({
    ...shared, id: 'patterns', loadOptions: { mvt: { ...mvt, layers: ['communes'] } }, stroked: false,
    extensions: [new deck.FillStyleExtension({ pattern: true })],
    fillPatternAtlas: sprite + '.png', fillPatternMapping: sprite + '.json', fillPatternMask: false, fillPatternSizeUnits: 'pixels',
    getFillPattern: ({ properties }) => patterns.get(properties.grade),
    getFillColor: ({ properties }) => [0, 0, 0, patterns.has(properties.grade) ? 255 : 0],
  });
  const names = new deck.MVTLayer({
    ...shared, id: 'names', loadOptions: { mvt: { ...mvt, layers: ['labels'] } },
    extensions: [new deck.CollisionFilterExtension()], collisionTestProps: { sizeScale: 2 },
    pointType: 'text', textCharacterSet: 'auto', textFontFamily: 'sans-serif', getTextSize: 12, getTextColor: [29, 40, 45],
    getText: ({ properties }) => (properties.level === 'commune' ? properties.name : ''),
  });
  const [longitude, latitude] = style.center;
  const map = new deck.Deck({
    parent: document.getElementById('map'), initialViewState: { longitude, latitude, zoom: style.zoom },
    layers: [areas, hatched, names], onError: ({ message }) => console.error(message),
  });
  const look = () => {
    if (!map.props.layers.every(({ isLoaded }) => isLoaded)) return setTimeout(look, 100);
    const found = (layer) => layer.getRenderedFeatures().filter(({ properties }) => layer !== hatched || patterns.has(properties.grade));
    window.drawn = { names: found(names).length, patterns: found(hatched).length };
  };
  map.setProps({ onLoad: () => setTimeout(look, 100) });
  </script>`;

/** The ArcGIS Maps SDK takes the style as it is and leaves out what is no tile. No basemap, no fonts or signs of its maker's hosts. */
const arcGis = (api) => `${HEAD}
  <link rel="stylesheet" href="/@arcgis/core/assets/esri/themes/light/main.css"><div id="map"></div>
  <script type="module" src="/arcgis.js"></script>
  <script type="module">
  const { Map, MapView, VectorTileLayer, config, reactiveUtils } = window.arcgis;
  config.assetsPath = '/@arcgis/core/assets';
  const { center, zoom } = await (await fetch('${styleOf(api)}')).json();
  const layer = new VectorTileLayer({ url: '${styleOf(api)}' });
  const shown = { center, zoom, constraints: { snapToZoom: false }, ui: { components: [] } };
  const view = new MapView({ container: 'map', map: new Map({ layers: [layer] }), ...shown });
  view.on('layerview-create-error', ({ error }) => console.error(error.message));
  await reactiveUtils.whenOnce(() => view.ready && !view.updating);
  // What lies under the points of a grid, by the layer of the style.
  const hits = [];
  for (let x = 10; x < 760; x += 20) for (let y = 10; y < 620; y += 20) hits.push(...(await view.hitTest({ x, y })).results);
  const found = (wanted) => {
    const ids = new Set(layer.currentStyleInfo.style.layers.filter(wanted).map(({ id }) => id));
    return new Set(hits.filter(({ graphic }) => ids.has(graphic.origin.layerId)).map(({ graphic }) => graphic.attributes.code)).size;
  };
  window.drawn = { names: found(({ type }) => type === 'symbol'), patterns: found(({ paint }) => paint?.['fill-pattern']) };
  </script>`;

export const clients = {
  'maplibre-3': classic('maplibre-3', 'maplibre-gl', 'maplibregl'),
  'maplibre-4': classic('maplibre-4', 'maplibre-gl', 'maplibregl'),
  'maplibre-5': classic('maplibre-5', 'maplibre-gl', 'maplibregl'),
  'maplibre-newest': newest,
  'mapbox-1': classic('mapbox-1', 'mapbox-gl', 'mapboxgl'),
  openlayers: openLayers,
  leaflet,
  'deck.gl': deckGl,
  arcgis: arcGis,
};
