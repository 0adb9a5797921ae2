// Fetches every tile z6–z12 of every edition, tileset and role; decodes it with Mapbox's own decoder and holds it against MVT 2.1.
//
// node decode_tiles.mjs [--min 6] [--max 12]     exit code 1 when anything is wrong
import { parseArgs } from 'node:util';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { tileProblems } from './mvt_rules.mjs';
import { headers, inParallel, json, tileUrl, tilesWithin } from '../server.mjs';

const { values: options } = parseArgs({ options: { min: { type: 'string', default: '6' }, max: { type: 'string', default: '12' } } });
const [minZoom, maxZoom] = [Number(options.min), Number(options.max)];
const MAX_SHOWN = 20;
const AREA_LAYERS = { communes: 'commune', districts: 'district', province: 'province' };
const POINT_LAYERS = ['labels', 'models', 'incidents'];
// What the roles see of these differs; the rest is the same bytes for all.
const ROLE_BOUND = ['models', 'incidents', 'map'];

const problems = [];
const say = (where, text) => problems.push(`${where}: ${text}`);

/** Checks the TileJSON of a tileset and gives back what its tiles may hold; undefined when this edition has no such level. */
async function tileset(id, edition, token) {
    const where = `tiles/${id}?edition=${edition.id}`;
    const level = AREA_LAYERS[id];
    if (level && !edition.levels.includes(level)) return undefined;
    const about = await json(where, token);
    if (!/^3\./.test(about.tilejson)) say(where, `tilejson ${about.tilejson}`);
    if (!about.vector_layers?.length) say(where, 'no vector_layers');
    // Squares of planners begin where they can be told apart; everything else is there at every zoom.
    const first = id === 'incidents' ? maxZoom : minZoom;
    if (!(about.minzoom <= first && about.maxzoom >= maxZoom)) say(where, `zooms ${about.minzoom}–${about.maxzoom}`);
    const [west, south, east, north] = about.bounds ?? [];
    if (!(west < east && south < north)) say(where, `bounds ${about.bounds}`);
    for (const template of about.tiles ?? []) if (!/epoch=/.test(template)) say(where, 'tile address without epoch');
    const fields = Object.fromEntries(about.vector_layers.map((layer) => [layer.id, layer.fields]));
    return { id, edition, token, template: about.tiles[0], bounds: about.bounds, minzoom: about.minzoom, fields, found: new Map() };
}

async function checkTile(set, at, count) {
    const where = `${set.id} ${set.edition.id} ${at.join('/')}`;
    const answer = await fetch(tileUrl(set.template, at), { headers: headers(set.token) });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status === 204) {
        count.empty += 1;
        if (bytes.length) say(where, '204 with a body');
        return;
    }
    if (answer.status !== 200) return say(where, `status ${answer.status}`);
    if (at[0] < set.minzoom) say(where, `a tile below minzoom ${set.minzoom}`);
    if (!/^application\/vnd\.mapbox-vector-tile/.test(answer.headers.get('content-type'))) say(where, answer.headers.get('content-type'));
    if (!answer.headers.get('etag')) say(where, 'no ETag');
    if (bytes.length === 0) return say(where, '200 with an empty body');
    count.tiles += 1;
    count.bytes += bytes.length;
    for (const problem of tileProblems(bytes, set.fields)) say(where, problem);
    checkDecoded(set, where, new VectorTile(new PbfReader(bytes)), count);
}

function checkDecoded(set, where, tile, count) {
    for (const [name, layer] of Object.entries(tile.layers)) {
        if (!(name in set.fields)) say(where, `layer ${name} is not in TileJSON`);
        for (let i = 0; i < layer.length; i += 1) {
            const feature = layer.feature(i);
            count.features += 1;
            feature.loadGeometry();
            if (name in AREA_LAYERS || name === 'labels') checkArea(set, where, name, feature);
            const isSquare = name === 'incidents' && feature.properties.kind === 'square';
            const wanted = POINT_LAYERS.includes(name) && !isSquare ? 1 : 3;
            if (feature.type !== wanted) say(where, `layer ${name} holds a feature of type ${feature.type}`);
        }
    }
}

function isBand(text) {
    return /^[A-E]$/.test(text);
}

function checkArea(set, where, layer, feature) {
    const { code, name, grade, grade_best: best, grade_worst: worst, incidents } = feature.properties;
    if (typeof code !== 'string' || feature.id !== Number(code)) say(where, `layer ${layer}: id ${feature.id}, code ${code}`);
    if (!name) say(where, `layer ${layer}: ${code} has no name`);
    if (layer in AREA_LAYERS && !isBand(grade) && !['range', 'insufficient', 'suppressed', 'none'].includes(grade)) {
        say(where, `layer ${layer}: ${code} has grade ${grade}`);
    }
    if (layer in AREA_LAYERS && grade === 'range' && !(isBand(best) && isBand(worst) && best < worst)) {
        say(where, `layer ${layer}: ${code} has a range from ${best} to ${worst}`);
    }
    if (!set.token && incidents > 0 && incidents < 5) say(where, `layer ${layer}: the public reads ${incidents} incidents in ${code}`);
    const zoom = /(\d+)\/\d+\/\d+$/.exec(where)[1];
    const key = `${layer} at z${zoom}`;
    if (!set.found.has(key)) set.found.set(key, new Set());
    set.found.get(key).add(code);
}

/** No area may vanish at a zoom, and no zoom may invent one. */
function checkComplete(set) {
    for (const [key, codes] of set.found) {
        const level = AREA_LAYERS[key.split(' ')[0]];
        const expected = level && set.edition.areas?.[level];
        if (expected && codes.size !== expected) say(`${set.id} ${set.edition.id} ${key}`, `${codes.size} areas, the edition has ${expected}`);
    }
}

function checkPublic({ id, fields }) {
    if ('incidents' in fields) say(`tiles/${id}`, 'the public sees an incidents layer');
    if ('kind' in (fields.models ?? {})) say(`tiles/${id}`, 'the public sees single models');
}

async function checkSet(set, role) {
    const count = { tiles: 0, empty: 0, features: 0, bytes: 0 };
    const started = performance.now();
    await inParallel(tilesWithin(set.bounds, minZoom, maxZoom), 8, (at) => checkTile(set, at, count));
    checkComplete(set);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const size = (count.bytes / 1024).toFixed(0);
    console.log(`${role} ${set.edition.id} ${set.id}: ${count.tiles} tiles, ${count.empty} empty, ${count.features} features, ${size} KiB, ${seconds} s`);
    return count;
}

const roles = [['public', undefined], ['planner', process.env.BINHYEN_PLANNER_TOKEN], ['commander', process.env.BINHYEN_COMMANDER_TOKEN]];
const { editions } = await json('meta');
if (editions.length === 0) say('meta', 'no edition is loaded');
const total = { tiles: 0, features: 0 };
for (const [role, token] of roles) {
    if (role !== 'public' && !token) continue;
    const ids = (await json('tiles', token)).tilesets.map(({ id }) => id);
    for (const edition of editions) {
        for (const id of ids.filter((name) => role === 'public' || ROLE_BOUND.includes(name))) {
            const set = await tileset(id, edition, token);
            if (!set) continue;
            if (role === 'public') checkPublic(set);
            const { tiles, features } = await checkSet(set, role);
            total.tiles += tiles;
            total.features += features;
        }
    }
}
if (total.tiles === 0) say('all', 'not one tile was served');
problems.slice(0, MAX_SHOWN).forEach((problem) => console.log(problem));
if (problems.length > MAX_SHOWN) console.log(`… and ${problems.length - MAX_SHOWN} more`);
console.log(`decode_tiles: ${total.tiles} tiles, ${total.features} features decoded, ${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
