// A choropleth whose period follows a slider, by one of two techniques, and what the eye would see meanwhile.
//   tiles    every step gives the source a new template; MapLibre keeps the old tiles until the new ones are there
//   ratings  the geometry stays; every step fetches /ratings and sets the state of the features
//   anew     every step takes the source away and adds another: this flickers, and shows that flicker would be seen
import * as maplibre from '/bench/maplibre-gl.mjs';

const COLOURS = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'];
// No class has this colour: where it shows, nothing is drawn.
const BACKGROUND = [255, 0, 255];
const SAMPLES = { columns: 40, rows: 28 };
const MONTHS_SHOWN = 12;

maplibre.setWorkerUrl(new URL('/bench/maplibre-gl-worker.mjs', location.href).href);

const asked = new URLSearchParams(location.search);
const technique = asked.get('technique');
const edition = asked.get('edition');
const bounds = asked.get('bounds').split(',').map(Number);
const breaks = asked.get('breaks').split(',').map(Number);
const firstYear = Number(asked.get('first_year'));

const monthStart = (month) => `${firstYear + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
const query = (month) => `edition=${edition}&from=${monthStart(month)}&to=${monthStart(month + MONTHS_SHOWN)}`;
const only = asked.get('properties') ? `&properties=${asked.get('properties')}` : '';
const template = (month) => `${location.origin}/tiles/communes/{z}/{x}/{y}?${query(month)}${only}`;

const rate = technique === 'ratings' ? ['feature-state', 'rate'] : ['get', 'rate'];
const colour = ['step', ['coalesce', rate, 0], COLOURS[0], ...breaks.flatMap((value, i) => [value, COLOURS[i + 1]])];

const source = (month) => ({
  type: 'vector',
  tiles: [template(month)],
  minzoom: 5,
  maxzoom: 14,
});
const fill = {
  id: 'areas',
  type: 'fill',
  source: 'areas',
  'source-layer': 'communes',
  paint: { 'fill-color': colour, 'fill-antialias': false },
};

const map = new maplibre.Map({
  container: 'map',
  bounds,
  fadeDuration: 0,
  attributionControl: false,
  style: {
    version: 8,
    sources: { areas: source(0) },
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': `rgb(${BACKGROUND})` } }, fill],
  },
});

const sheet = new OffscreenCanvas(SAMPLES.columns, SAMPLES.rows).getContext('2d', { willReadFrequently: true });

/** How many places of the picture show an area, and a sum that differs when colours differ. */
function sampled() {
  sheet.imageSmoothingEnabled = false;
  sheet.drawImage(map.getCanvas(), 0, 0, SAMPLES.columns, SAMPLES.rows);
  const { data } = sheet.getImageData(0, 0, SAMPLES.columns, SAMPLES.rows);
  let drawn = 0;
  let mark = 0;
  for (let i = 0; i < data.length; i += 4) {
    const isBackground = BACKGROUND.every((value, channel) => Math.abs(data[i + channel] - value) < 8);
    if (!isBackground) drawn += 1;
    mark = (mark * 31 + data[i] * 65536 + data[i + 1] * 256 + data[i + 2]) >>> 0;
  }
  return { drawn, mark };
}

// Every picture that MapLibre finishes is looked at, in the same task in which it was drawn.
let drawings = [];
map.on('render', () => drawings.push({ at: performance.now(), ...sampled() }));

// Every frame that the browser had time for.
let frames = [];
const frame = (at) => {
  frames.push(at);
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);

/** Shows the period that begins with a month; what came before and is not finished is given up. */
let underWay = new AbortController();
async function show(month) {
  underWay.abort();
  underWay = new AbortController();
  if (technique === 'tiles') {
    map.getSource('areas').setTiles([template(month)]);
    return;
  }
  if (technique === 'anew') {
    map.removeLayer('areas').removeSource('areas').addSource('areas', source(month)).addLayer(fill);
    return;
  }
  const { signal } = underWay;
  const answer = await fetch(`/ratings?level=commune&${query(month)}`, { signal }).catch(() => null);
  const ratings = answer && (await answer.json().catch(() => null));
  if (!ratings || signal.aborted) return;
  for (const { code, rate: value } of ratings.areas)
    map.setFeatureState({ source: 'areas', sourceLayer: 'communes', id: Number(code) }, { rate: value ?? 0 });
}

const SETTLED_WITHIN_MS = 30_000;

const nextFrame = () => new Promise(requestAnimationFrame);
const nextDrawing = () =>
  new Promise((resolve) => {
    map.once('render', resolve);
    map.triggerRepaint();
  });

/** Waits until all tiles are there and drawn. (`idle` is not fired where the last tile asks for no drawing.) */
async function settled() {
  const late = performance.now() + SETTLED_WITHIN_MS;
  while (!map.loaded() || !map.areTilesLoaded()) {
    if (performance.now() > late) throw new Error(`the map did not settle within ${SETTLED_WITHIN_MS} ms`);
    await nextFrame();
  }
  await nextDrawing();
}

/** One step, from the change to the first picture of the last state. */
async function stepped(month) {
  [drawings, frames] = [[], []];
  const began = performance.now();
  await show(month);
  await settled();
  return { ...seen(began), month };
}

/** What was seen since a moment. */
function seen(began) {
  const times = [began, ...frames.filter((at) => at > began), performance.now()];
  const last = drawings.at(-1);
  const final = drawings.find((drawing) => drawing.mark === last?.mark);
  return {
    settled_ms: performance.now() - began,
    new_colours_ms: final ? final.at - began : null,
    frames: times.length - 2,
    longest_gap_ms: Math.max(...times.slice(1).map((at, i) => at - times[i])),
    drawings: drawings.length,
    mark: last?.mark,
    pictures: new Set(drawings.map((drawing) => drawing.mark)).size,
    least_drawn: Math.min(...drawings.map((drawing) => drawing.drawn)),
  };
}

const slider = document.getElementById('slider');
slider.max = asked.get('steps');
let dragged = 0;
slider.addEventListener('input', () => {
  dragged += 1;
  show(Number(slider.value));
});

globalThis.bench = {
  stepped,
  ready: async () => {
    await settled();
    await show(0);
    await settled();
  },
  /** Begins to look; the slider is then dragged from outside. */
  watch: () => {
    [drawings, frames, dragged] = [[], [], 0];
    globalThis.bench.began = performance.now();
  },
  /** Waits for the last picture of a drag. */
  watched: async () => {
    await settled();
    return { ...seen(globalThis.bench.began), inputs: dragged };
  },
  /** The map as it stands. */
  whole: async () => {
    await nextDrawing();
    return drawings.at(-1);
  },
};
document.documentElement.dataset.state = 'ready';
