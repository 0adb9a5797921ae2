// Prints the land around the province, kept as styles/surroundings.geojson: Natural Earth 1:10m, public domain,
// through the npm package world-atlas. Re-run only when the window or the precision changes:
//   npm install --no-save world-atlas@2 topojson-client@3 && node dev/surroundings.mjs
import { createRequire } from 'node:module';
import { merge, mesh } from 'topojson-client';

const require = createRequire(import.meta.url);
const atlas = require('world-atlas/countries-10m.json');
const WINDOW = { west: 104.9, south: 13.3, east: 111.4, north: 17.9 };

const inside = [
  [(p) => p[0] >= WINDOW.west, (a, b) => cut(a, b, 0, WINDOW.west)],
  [(p) => p[0] <= WINDOW.east, (a, b) => cut(a, b, 0, WINDOW.east)],
  [(p) => p[1] >= WINDOW.south, (a, b) => cut(a, b, 1, WINDOW.south)],
  [(p) => p[1] <= WINDOW.north, (a, b) => cut(a, b, 1, WINDOW.north)],
];

function cut(a, b, axis, value) {
  const share = (value - a[axis]) / (b[axis] - a[axis]);
  const point = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  point[axis] = value;
  return point;
}

function clippedRing(ring) {
  return inside.reduce(
    (points, [holds, crossing]) => {
      const kept = [];
      points.forEach((point, index) => {
        const previous = points[(index + points.length - 1) % points.length];
        if (holds(point) !== holds(previous)) kept.push(crossing(previous, point));
        if (holds(point)) kept.push(point);
      });
      return kept;
    },
    ring.slice(0, -1),
  );
}

function rounded(points) {
  const short = points.map(([lon, lat]) => [Number(lon.toFixed(3)), Number(lat.toFixed(3))]);
  return short.filter((p, i) => i === 0 || p[0] !== short[i - 1][0] || p[1] !== short[i - 1][1]);
}

const land = merge(atlas, atlas.objects.countries.geometries)
  .coordinates.map((polygon) =>
    polygon
      .map(clippedRing)
      .map(rounded)
      .filter((ring) => ring.length > 3),
  )
  .filter((polygon) => polygon.length > 0)
  .map((polygon) => polygon.map((ring) => [...ring, ring[0]]));

const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates.flatMap((line) => {
  const runs = [[]];
  for (const point of line) {
    if (inside.every(([holds]) => holds(point))) runs.at(-1).push(point);
    else if (runs.at(-1).length > 0) runs.push([]);
  }
  return runs.map(rounded).filter((run) => run.length > 1);
});

const feature = (type, coordinates) => ({ type: 'Feature', properties: {}, geometry: { type, coordinates } });
const collection = { type: 'FeatureCollection', features: [feature('MultiPolygon', land), feature('MultiLineString', borders)] };
process.stdout.write(`${JSON.stringify(collection)}\n`);
