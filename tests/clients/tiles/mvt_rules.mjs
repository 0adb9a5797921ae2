// The Mapbox Vector Tile specification 2.1, held against the raw bytes of a tile: what a lenient decoder lets pass.
import { PbfReader } from 'pbf';

const POINT = 1;
const LINE = 2;
const POLYGON = 3;

/** Reads the message without mending anything. */
export function rawTile(bytes) {
    return new PbfReader(bytes).readFields((tag, tile, pbf) => {
        if (tag === 3) tile.push(pbf.readMessage(readLayer, { features: [], keys: [], values: [], extent: 4096 }));
    }, []);
}

function readLayer(tag, layer, pbf) {
    if (tag === 15) layer.version = pbf.readVarint();
    else if (tag === 1) layer.name = pbf.readString();
    else if (tag === 2) layer.features.push(pbf.readMessage(readFeature, { tags: [], type: 0, geometry: [] }));
    else if (tag === 3) layer.keys.push(pbf.readString());
    else if (tag === 4) layer.values.push(pbf.readMessage(readValue, []));
    else if (tag === 5) layer.extent = pbf.readVarint();
}

function readFeature(tag, feature, pbf) {
    if (tag === 1) feature.id = pbf.readVarint();
    else if (tag === 2) pbf.readPackedVarint(feature.tags);
    else if (tag === 3) feature.type = pbf.readVarint();
    else if (tag === 4) pbf.readPackedVarint(feature.geometry);
}

function readValue(tag, value, pbf) {
    if (tag === 1) value.push(pbf.readString());
    else if (tag === 2) value.push(pbf.readFloat());
    else if (tag === 3) value.push(pbf.readDouble());
    else if (tag === 4) value.push(pbf.readVarint(true));
    else if (tag === 5) value.push(pbf.readVarint());
    else if (tag === 6) value.push(pbf.readSVarint());
    else if (tag === 7) value.push(pbf.readBoolean());
}

/**
 * Every breach of the specification in a tile, one line each.
 * `fields` gives, by layer, the attributes that TileJSON announces: `{communes: {code: 'String', …}}`.
 */
export function tileProblems(bytes, fields) {
    const problems = [];
    const names = new Set();
    for (const layer of rawTile(bytes)) {
        const say = (text) => problems.push(`layer ${layer.name}: ${text}`);
        if (layer.version !== 2) say(`version ${layer.version}, not 2`);
        if (!layer.name) say('no name');
        if (names.has(layer.name)) say('name stands twice');
        names.add(layer.name);
        if (!(layer.extent > 0)) say(`extent ${layer.extent}`);
        if (layer.features.length === 0) say('no feature');
        if (new Set(layer.keys).size !== layer.keys.length) say('a key stands twice');
        if (layer.values.some((value) => value.length !== 1)) say('a value without exactly one kind');
        if (fields && !fields[layer.name]) say('is not in TileJSON');
        featureProblems(layer, fields?.[layer.name], say);
    }
    return problems;
}

function featureProblems(layer, fields, say) {
    const ids = new Set();
    layer.features.forEach((feature, index) => {
        const sayHere = (text) => say(`feature ${feature.id ?? `#${index}`}: ${text}`);
        if (feature.id !== undefined && ids.has(feature.id)) sayHere('id stands twice');
        ids.add(feature.id);
        attributeProblems(layer, feature, fields, sayHere);
        for (const problem of geometryProblems(feature)) sayHere(problem);
    });
}

function attributeProblems(layer, feature, fields, say) {
    if (feature.tags.length % 2 !== 0) say('odd number of tags');
    const seen = new Set();
    for (let i = 0; i + 1 < feature.tags.length; i += 2) {
        const key = layer.keys[feature.tags[i]];
        const value = layer.values[feature.tags[i + 1]]?.[0];
        if (key === undefined || value === undefined) say('a tag points outside its table');
        else if (seen.has(key)) say(`attribute ${key} stands twice`);
        else valueProblems(key, value, fields, say);
        seen.add(key);
    }
}

function valueProblems(key, value, fields, say) {
    if (typeof value === 'number' && !Number.isFinite(value)) say(`attribute ${key} is ${value}`);
    if (typeof value === 'string' && value !== value.normalize('NFC')) say(`attribute ${key} is not NFC: ${value}`);
    if (!fields) return;
    if (!(key in fields)) return say(`attribute ${key} is not in TileJSON`);
    const announced = /^(string|number|boolean)/i.exec(fields[key])?.[1].toLowerCase();
    if (announced && announced !== typeof value) say(`attribute ${key} is a ${typeof value}, TileJSON says ${announced}`);
}

/** Follows the drawing commands of one feature. */
export function geometryProblems({ type, geometry }) {
    if (![POINT, LINE, POLYGON].includes(type)) return [`type ${type}`];
    if (geometry.length === 0) return ['no geometry'];
    let parts;
    try {
        parts = drawing(geometry);
    } catch (error) {
        return [error.message];
    }
    if (type === POINT) return pointProblems(parts);
    if (type === LINE) return parts.flatMap(lineProblems);
    return polygonProblems(parts);
}

/** Splits commands into parts, each begun by a MoveTo: `{moves, points, closed}`. */
function drawing(geometry) {
    const parts = [];
    let part;
    let [x, y] = [0, 0];
    for (let at = 0; at < geometry.length; ) {
        const command = geometry[at] & 7;
        const count = geometry[at] >>> 3;
        at += 1;
        if (count === 0) throw new Error(`command ${command} with count 0`);
        if (command === 7) {
            if (count !== 1) throw new Error('ClosePath with a count');
            if (!part || part.closed) throw new Error('ClosePath without a path');
            part.closed = true;
            continue;
        }
        if (command !== 1 && command !== 2) throw new Error(`unknown command ${command}`);
        if (at + 2 * count > geometry.length) throw new Error('geometry ends within a command');
        if (command === 1) parts.push((part = { moves: count, points: [], closed: false }));
        else if (!part || part.closed) throw new Error('LineTo without a MoveTo');
        for (let i = 0; i < count; i += 1, at += 2) {
            const [dx, dy] = [unzigzag(geometry[at]), unzigzag(geometry[at + 1])];
            if (command === 2 && dx === 0 && dy === 0) throw new Error(`point repeated at ${x},${y}`);
            x += dx;
            y += dy;
            part.points.push([x, y]);
        }
    }
    return parts;
}

const unzigzag = (n) => (n >>> 1) ^ -(n & 1);

function pointProblems(parts) {
    if (parts.length !== 1) return ['more than one MoveTo in a point'];
    return parts[0].points.length !== parts[0].moves || parts[0].closed ? ['a point with lines'] : [];
}

function lineProblems({ moves, points, closed }) {
    if (moves !== 1) return ['MoveTo with a count in a line'];
    if (closed) return ['ClosePath in a line'];
    return points.length < 2 ? ['a line of one point'] : [];
}

function polygonProblems(rings) {
    const problems = [];
    rings.forEach(({ moves, points, closed }, index) => {
        if (moves !== 1) problems.push('MoveTo with a count in a ring');
        if (!closed) problems.push('ring not closed');
        if (points.length < 3) problems.push(`ring of ${points.length} points`);
        const [first, last] = [points[0], points.at(-1)];
        if (first[0] === last[0] && first[1] === last[1]) problems.push('first point of a ring repeated at its end');
        const twice = doubledArea(points);
        if (twice === 0) problems.push('ring without area');
        if (index === 0 && twice < 0) problems.push('first ring is wound like a hole');
    });
    return problems;
}

/** Surveyor's formula; positive for outer rings, y pointing down. */
function doubledArea(points) {
    return points.reduce((sum, [x, y], i) => {
        const [nx, ny] = points[(i + 1) % points.length];
        return sum + x * ny - nx * y;
    }, 0);
}
