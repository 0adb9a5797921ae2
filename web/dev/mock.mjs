// A stand-in for the server, for working on the page alone: serves dist/ and invented numbers on the HTTP contract.
//   MOCK_GEODATA=/folder/with/geojson node dev/mock.mjs [port]     (without the folder: a made-up grid of areas)
// The real server with its sample (`make run`) is the better partner for everything but odd states.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt, GeoJSONWrapper } from '@maplibre/vt-pbf';

const HERE = new URL('.', import.meta.url).pathname;
const PORT = Number(process.argv[2] ?? process.env.PORT ?? 8090);
const BASE = process.env.MOCK_BASE ?? '';
const GEODATA = process.env.MOCK_GEODATA;
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";
const BANDS = [0.5, 0.8, 1.25, 2];
let epoch = 1;

function noise(text) {
  let hash = 2166136261;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0), 16777619);
  return ((hash >>> 0) % 100003) / 100003;
}

const bell = (text) => Math.sqrt(-2 * Math.log(noise(`${text}a`) + 1e-9)) * Math.cos(6.2832 * noise(`${text}b`));
const read = (name) => JSON.parse(readFileSync(join(GEODATA, name), 'utf8')).features;

function ringArea(ring) {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i += 1) sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return Math.abs(sum / 2);
}

const polygonsOf = (geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);
const largest = (geometry) =>
  polygonsOf(geometry)
    .map((polygon) => polygon[0])
    .sort((a, b) => ringArea(b) - ringArea(a))[0];

function boxOf(features) {
  const points = features.flatMap((feature) => polygonsOf(feature.geometry).flatMap((polygon) => polygon[0]));
  const [lons, lats] = [points.map((p) => p[0]), points.map((p) => p[1])];
  const end = (values, pick) => values.reduce((a, b) => pick(a, b));
  return [end(lons, Math.min), end(lats, Math.min), end(lons, Math.max), end(lats, Math.max)];
}

function letterOf(ratio) {
  return 'ABCDE'[BANDS.filter((band) => ratio > band).length];
}

function inside(point, ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [a, b] = [ring[i], ring[j]];
    if (a[1] > point[1] !== b[1] > point[1] && point[0] < ((b[0] - a[0]) * (point[1] - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
  }
  return odd;
}

/** A point well inside: the best of a coarse grid by distance to the ring. */
function labelOf(geometry) {
  const ring = largest(geometry);
  const [w, s, e, n] = boxOf([{ geometry }]);
  let best = [ring[0], -1];
  for (let i = 1; i < 16; i += 1)
    for (let j = 1; j < 16; j += 1) {
      const point = [w + ((e - w) * i) / 16, s + ((n - s) * j) / 16];
      if (!inside(point, ring)) continue;
      const distance = Math.min(...ring.map((p) => Math.hypot(p[0] - point[0], p[1] - point[1])));
      if (distance > best[1]) best = [point, distance];
    }
  return best[0];
}

function rated(base, key) {
  const years = key.startsWith('3N') ? 3 : 1;
  const exposure = base.population * years;
  const truth = Math.exp(0.55 * bell(`${base.code}t`));
  const expected = exposure * 0.0011;
  const observed = Math.max(0, Math.round(expected * truth + Math.sqrt(expected * truth) * bell(base.code + key)));
  const [shape, rate] = [4 + observed, 4 + expected];
  const [ratio, spread] = [shape / rate, Math.sqrt(shape) / rate];
  const reliability = expected / (4 + expected);
  const [low, high] = [Math.max(0.05, ratio - 1.28 * spread), ratio + 1.28 * spread];
  const withheld = reliability < 0.3;
  const suppressed = !withheld && noise(`${base.code}s`) < 0.03;
  const number = (value) => (suppressed ? null : Number(value.toFixed(4)));
  const models = Math.round(2 + 6 * noise(`${base.code}m`));
  const certification = ['residential_area', 'agency', 'business', 'school'].map((kind) => {
    const units = Math.round(3 + 12 * noise(base.code + kind));
    const recognised = Math.max(0, units - Math.round(1.6 * noise(`${base.code}${kind}r`)));
    return { kind, units, registered: units, recognised, share: recognised / units };
  });
  return {
    ...base,
    person_years: exposure,
    incidents: suppressed ? null : observed,
    rate: number((1e5 * observed) / exposure),
    rate_low: number((1e5 * Math.max(0, observed - 1.96 * Math.sqrt(observed))) / exposure),
    rate_high: number((1e5 * (observed + 1.96 * Math.sqrt(observed + 1))) / exposure),
    rate_smoothed: number(110 * ratio),
    expected: number(expected),
    ratio: number(ratio),
    ratio_low: number(low),
    ratio_high: number(high),
    prob_above_1: number(1 / (1 + Math.exp((-1.7 * (ratio - 1)) / spread))),
    difference: suppressed ? null : low > 1 ? 'higher' : high < 1 ? 'lower' : 'not_clearly_different',
    reliability: Number(reliability.toFixed(3)),
    grade: suppressed ? 'suppressed' : withheld ? 'insufficient' : letterOf(ratio),
    grade_best: suppressed ? null : letterOf(low),
    grade_worst: suppressed ? null : letterOf(high),
    statutory: noise(`${base.code}q`) < 0.9 ? 'met' : noise(`${base.code}q`) < 0.95 ? 'not_met' : 'insufficient',
    models,
    model_density: Number(((1e4 * models) / base.population).toFixed(2)),
    model_density_km2: Number((models / base.area_km2).toFixed(3)),
    certified_share: 0.94,
    certification,
  };
}

function gridFeatures() {
  const cell = (i, j) =>
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ].map(([x, y]) => [107.3 + 0.14 * (i + x), 15.0 + 0.1 * (j + y)]);
  return Array.from({ length: 80 }, (_, k) => ({
    code: String(20300 + k),
    name: `Xã Thí Dụ ${k + 1}`,
    parent: null,
    population: Math.round(3000 + 40000 * noise(`p${k}`)),
    area_km2: 165,
    geometry: { type: 'Polygon', coordinates: [cell(k % 10, Math.floor(k / 10))] },
  }));
}

function communesOf(edition) {
  if (!GEODATA) return gridFeatures();
  const raw =
    edition === '2025-07'
      ? read('dn2025_94_communes_full.geojson').filter((f) => /Quảng Nam/.test(f.properties.origin))
      : read('qn_communes_2020_241_clean.geojson');
  return raw.map(({ properties: p, geometry }) => ({
    code: p.ward_code,
    name: p.ward_name.normalize('NFC'),
    parent: p.district_code ?? null,
    population: p.population ?? p.population_2019 ?? 8000,
    area_km2: p.area_km2_official ?? p.area_km2,
    geometry,
  }));
}

function districtsOf(edition) {
  if (!GEODATA || edition === '2025-07') return [];
  return read('qn_districts_18_dvhcvn.geojson').map(({ properties: p, geometry }) => ({
    code: p.district_code,
    name: p.district_name.normalize('NFC'),
    parent: '49',
    population: p.population_2019,
    area_km2: p.area_km2,
    geometry,
  }));
}

/** The outline of areas that share their vertices: the edges that occur once, chained into rings. */
function dissolved(areas) {
  const edges = new Map();
  for (const ring of areas.flatMap((area) => polygonsOf(area.geometry).flat()))
    for (let i = 0; i + 1 < ring.length; i += 1) {
      const [a, b] = [String(ring[i]), String(ring[i + 1])];
      if (!edges.delete(`${b} ${a}`)) edges.set(`${a} ${b}`, [ring[i], ring[i + 1]]);
    }
  const from = new Map();
  for (const [a, b] of edges.values()) from.set(String(a), [...(from.get(String(a)) ?? []), [a, b]]);
  const rings = [];
  for (const start of from.keys()) {
    const ring = [];
    for (let at = start; from.has(at);) {
      const list = from.get(at);
      const [a, b] = list.pop();
      if (list.length === 0) from.delete(at);
      ring.push(a);
      at = String(b);
    }
    if (ring.length > 20) rings.push([[...ring, ring[0]]]);
  }
  return { type: 'MultiPolygon', coordinates: rings };
}

const PLURAL = { commune: 'communes', district: 'districts', province: 'province' };

function loaded(id, vi, en) {
  const levels = { commune: communesOf(id), district: districtsOf(id) };
  const sum = (field) => levels.commune.reduce((total, area) => total + (area[field] ?? 0), 0);
  levels.province = [
    {
      code: '49',
      name: id === '2025-07' ? 'Quảng Nam cũ (trong TP. Đà Nẵng)' : 'Tỉnh Quảng Nam',
      parent: null,
      population: sum('population'),
      area_km2: Math.round(sum('area_km2')),
      geometry: dissolved(levels.commune),
    },
  ];
  for (const [level, areas] of Object.entries(levels))
    for (const area of areas) Object.assign(area, { level, label: labelOf(area.geometry), bounds: boxOf([area]) });
  return { id, name: { vi, en }, levels, bounds: boxOf(levels.commune) };
}

const EDITIONS = [
  loaded('2025-07', 'Từ 01/7/2025 (Đà Nẵng mới)', 'From 1 July 2025 (new Đà Nẵng)'),
  loaded('2020-02', '02/2020 – 12/2024', 'Feb 2020 – Dec 2024'),
];
const window = (id, from, to, vi, en, released = true) => ({ id, from, to, released, name: { vi, en } });
const WINDOWS = [
  window('3N-2025', '2022-12-15', '2025-12-15', '3 năm đến 12/2025', '3 years to December 2025'),
  window('3N-2024', '2021-12-15', '2024-12-15', '3 năm đến 12/2024', '3 years to December 2024'),
  ...[2021, 2022, 2023, 2024, 2025].map((y) =>
    window(`TK-${y}`, `${y - 1}-12-15`, `${y}-12-15`, `Năm thống kê ${y}`, `Statistical year ${y}`),
  ),
  window('N-2025', '2025-01-01', '2026-01-01', 'Năm 2025', 'Year 2025', false),
  window('ANTT-2025-kdc', '2024-11-01', '2025-11-01', 'Khu dân cư 2025', 'Residential areas 2025'),
];

const roleOf = (request) =>
  ({ 'Bearer planner': 'planner', 'Bearer commander': 'commander' })[request.headers.authorization] ?? 'public';
const editionOf = (query) => EDITIONS.find((edition) => edition.id === (query.get('edition') ?? '2025-07'));
const keyOf = (query) =>
  `${query.get('window') ?? (query.get('from') ? 'free' : '3N-2025')}${query.get('categories') ?? ''}${epoch}`;
const shape = ({ geometry: _g, label: _l, bounds: _b, ...rest }) => rest;
const rowsOf = (edition, level, key) => (edition.levels[level] ?? []).map((area) => rated(shape(area), key));

const unit = { vi: 'trên 100.000 người-năm', en: 'per 100,000 person-years' };
const ATTRIBUTES = [
  ['code', 'text', 'Mã', 'Code'],
  ['grade', 'text', 'Xếp loại', 'Grade'],
  ['population', 'count', 'Số dân', 'Residents'],
  ['incidents', 'count', 'Số vụ', 'Incidents'],
  ['rate', 'rate', 'Tỷ suất', 'Rate'],
  ['rate_smoothed', 'rate', 'Tỷ suất làm trơn', 'Smoothed rate'],
  ['ratio', 'decimal', 'So mức chung', 'Against the province'],
  ['reliability', 'share', 'Độ tin cậy', 'Reliability'],
  ['statutory', 'text', 'An toàn ANTT', 'Statutory standard'],
  ['models', 'count', 'Mô hình', 'Models'],
  ['model_density', 'density', 'Trên 10.000 dân', 'Per 10,000 residents'],
  ['model_density_km2', 'decimal', 'Trên 1 km²', 'Per km²'],
  ['certified_share', 'share', 'Đã công nhận', 'Certified'],
  ['trend', 'text', 'So với kỳ trước', 'Against the period before'],
].map(([name, format, vi, en]) => {
  const label = { vi, en };
  return { name, format, label, short_label: label, unit: name.startsWith('rate') ? unit : null };
});

function meta(role) {
  const areas = (edition) =>
    Object.fromEntries(
      Object.entries(edition.levels)
        .map(([level, list]) => [level, list.length])
        .filter(([, n]) => n > 0),
    );
  return {
    sample: true,
    epoch,
    role,
    default_edition: '2025-07',
    default_window: '3N-2025',
    editions: EDITIONS.map((edition) => ({
      id: edition.id,
      name: edition.name,
      levels: Object.keys(areas(edition)),
      bounds: edition.bounds,
      areas: areas(edition),
    })),
    windows: WINDOWS,
    grade: { bands: BANDS, interval: 0.8, min_reliability: 0.3 },
    rules: { version: '2026.1', hash: '5f0c1e77ab' },
    schemes: [],
    peer_groups: [],
    model_kinds: [],
    attributes: { area: ATTRIBUTES, model: [], incident: [] },
    components: [{ id: 'trat_tu', name: { vi: 'Trật tự', en: 'Public order' }, rated: true }],
    categories: [
      ['trom_cap', 'Trộm cắp tài sản', 'Theft'],
      ['danh_nhau', 'Cố ý gây thương tích', 'Assault'],
      ['tai_nan', 'Tai nạn giao thông', 'Traffic accident'],
      ['chay', 'Cháy', 'Fire'],
    ].map(([id, vi, en]) => ({ id, name: { vi, en }, component: 'trat_tu' })),
    severities: [1, 2, 3, 4, 5].map((number) => ({
      id: `s${number}`,
      number,
      name: { vi: `Mức ${number}`, en: `Level ${number}` },
    })),
  };
}

function ratings(query) {
  const level = query.get('level') ?? 'commune';
  const edition = editionOf(query);
  const named = WINDOWS.find((item) => item.id === (query.get('window') ?? '3N-2025')) ?? WINDOWS[0];
  const areas = rowsOf(edition, level, keyOf(query));
  const inAreas = areas.reduce((sum, area) => sum + (area.incidents ?? 0), 0);
  const byCommune = Math.floor(inAreas / 4);
  return {
    sample: true,
    epoch,
    edition: edition.id,
    window: query.get('from') ? { id: null, from: query.get('from'), to: query.get('to') } : named,
    level,
    scheme: { id: 'mac-dinh', version: '2026.1', hash: '5f0c1e77ab' },
    totals: {
      incidents: inAreas + 34,
      with_point: inAreas - byCommune,
      by_commune: byCommune,
      by_wider_area: 3,
      outside: 12,
      unplaced: 19,
      district_only: null,
      models: areas.reduce((sum, area) => sum + area.models, 0),
    },
    areas,
  };
}

function area(editionId, code, query) {
  const edition = EDITIONS.find((item) => item.id === editionId);
  const found = Object.values(edition?.levels ?? {})
    .flat()
    .find((item) => item.code === code);
  if (!found) return null;
  const row = rated(shape(found), keyOf(query));
  const part = (id, vi, en, share) => ({
    id,
    name: { vi, en },
    observed: row.incidents === null ? null : Math.round(row.incidents * share),
    expected: row.expected === null ? null : row.expected * (share + 0.05),
  });
  const kinds = [
    ['camera', 'Camera an ninh', 'Security cameras'],
    ['keng', 'Tiếng kẻng an ninh', 'Security gong'],
    ['tu_quan', 'Tổ tự quản', 'Self-managed group'],
  ];
  return {
    sample: true,
    edition: editionId,
    area: { ...row, unlocated: 1 },
    label: found.label,
    bounds: found.bounds,
    certification: row.certification,
    components: [
      part('trat_tu', 'Trật tự xã hội', 'Order', 0.45),
      part('giao_thong', 'Giao thông', 'Traffic', 0.35),
      part('chay_no', 'Cháy, nổ', 'Fire', 0.1),
    ],
    models: {
      total: row.models,
      by_kind: kinds.map(([kind, vi, en], i) => ({ kind, name: { vi, en }, count: Math.max(0, row.models - 2 * i - 1) })),
    },
    series: [2021, 2022, 2023, 2024, 2025].map((year) => {
      const n = Math.round(((row.incidents ?? 0) / 3) * (0.6 + 0.8 * noise(code + year)));
      return { year, incidents: n < 5 ? null : n };
    }),
  };
}

const tileIndexes = new Map();

function indexFor(edition, key, role) {
  const id = `${edition.id} ${key} ${role}`;
  if (!tileIndexes.has(id)) {
    const present = (properties) =>
      Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && typeof value !== 'object'));
    const collection = (features) =>
      new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom: 14, buffer: 64, extent: 4096, tolerance: 2 });
    const point = (coordinates, properties) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates } });
    const layers = {};
    const labels = [];
    for (const [level, areas] of Object.entries(edition.levels)) {
      const features = areas.map((area) => ({
        type: 'Feature',
        id: Number(area.code),
        properties: present(rated(shape(area), key)),
        geometry: area.geometry,
      }));
      if (features.length > 0) layers[PLURAL[level]] = collection(features);
      labels.push(
        ...areas.map((area, i) => {
          const p = features[i].properties;
          return point(
            area.label,
            present({ code: p.code, name: p.name, level, grade: p.grade, incidents: p.incidents ?? null, area_km2: p.area_km2 }),
          );
        }),
      );
    }
    layers.labels = collection(labels);
    layers.models = collection(
      edition.levels.commune.map((area) =>
        point(area.label, { code: area.code, name: area.name, models: rated(shape(area), key).models }),
      ),
    );
    if (role === 'commander')
      layers.incidents = collection(
        edition.levels.commune.flatMap((area) =>
          [1, 2, 3].map((i) =>
            point([area.label[0] + 0.02 * bell(area.code + i), area.label[1] + 0.02 * bell(area.code + i + 5)], {
              id: `${area.code}-${i}`,
              category: 'trom_cap',
              severity: 2,
            }),
          ),
        ),
      );
    tileIndexes.set(id, layers);
  }
  return tileIndexes.get(id);
}

function tile(z, x, y, query, role) {
  const layers = {};
  for (const [name, index] of Object.entries(indexFor(editionOf(query), keyOf(query), role))) {
    const found = index.getTile(z, x, y);
    if (found) layers[name] = found;
  }
  return Object.keys(layers).length > 0 ? Buffer.from(fromGeojsonVt(layers, { version: 2, extent: 4096 })) : null;
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

function answer(request) {
  const url = new URL(request.url, 'http://mock');
  if (!url.pathname.startsWith(`${BASE}/`)) return [404];
  const path = url.pathname.slice(BASE.length);
  const role = roleOf(request);
  const json = (body) => (body ? [200, 'application/json', JSON.stringify(body)] : [404]);
  const parts = path.slice(1).split('/');
  if (request.headers.authorization && role === 'public')
    return [401, 'application/problem+json', JSON.stringify({ title: 'Mã truy cập không hợp lệ', status: 401 })];
  if (path === '/meta') return json(meta(role));
  if (path === '/version') return json({ epoch, sample: true, role });
  if (path === '/bump') return json({ epoch: (epoch += 1) });
  if (path === '/ratings') {
    if (role === 'public' && url.searchParams.has('from'))
      return [403, 'application/problem+json', JSON.stringify({ title: 'Chưa công bố', status: 403, released: [] })];
    return json(ratings(url.searchParams));
  }
  if (parts[0] === 'areas' && parts.length === 3) return json(area(decodeURIComponent(parts[1]), parts[2], url.searchParams));
  if (parts[0] === 'styles') {
    const file = join(HERE, '../../styles', parts[1].endsWith('.geojson') ? parts[1] : `${parts[1].replace(/^page-/, '')}.json`);
    return existsSync(file) ? [200, 'application/json', readFileSync(file, 'utf8').replaceAll('{base}', BASE)] : [404];
  }
  if (parts[0] === 'tiles' && parts.length === 2)
    return json({
      tilejson: '3.0.0',
      tiles: [`${BASE}/tiles/${parts[1]}/{z}/{x}/{y}?${url.searchParams}&epoch=${epoch}`],
      minzoom: 5,
      maxzoom: 14,
    });
  if (parts[0] === 'tiles') {
    const bytes = tile(...parts.slice(2).map(Number), url.searchParams, role);
    return bytes ? [200, 'application/vnd.mapbox-vector-tile', bytes] : [204];
  }
  const file = join(HERE, '../dist', path === '/' ? 'index.html' : path);
  return existsSync(file) ? [200, TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file)] : [404];
}

createServer((request, response) => {
  const [status, type, body] = answer(request);
  response.writeHead(status, {
    ...(type && { 'Content-Type': type }),
    'Content-Security-Policy': CSP,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  });
  response.end(body);
}).listen(PORT, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${PORT}${BASE}/\n`));
