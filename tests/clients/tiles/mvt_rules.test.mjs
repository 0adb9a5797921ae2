// The checker itself, on tiles made wrong on purpose.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PbfWriter } from 'pbf';
import { geometryProblems, tileProblems } from './mvt_rules.mjs';

const zigzag = (n) => (n << 1) ^ (n >> 31);
const move = (x, y) => [(1 << 3) | 1, zigzag(x), zigzag(y)];
const lines = (...deltas) => [(deltas.length << 3) | 2, ...deltas.flat().map(zigzag)];
const CLOSE = 15;
const square = [...move(0, 0), ...lines([10, 0], [0, 10], [-10, 0]), CLOSE];

function tile(change = {}) {
    const layer = { version: 2, name: 'communes', keys: ['code'], values: ['20335'], features: [{}], ...change };
    const out = new PbfWriter();
    const copies = layer.copies ?? 1;
    for (let i = 0; i < copies; i += 1) out.writeMessage(3, writeLayer, layer);
    return out.finish();
}

function writeLayer(layer, out) {
    out.writeVarintField(15, layer.version);
    out.writeStringField(1, layer.name);
    layer.features.forEach((feature) => out.writeMessage(2, writeFeature, { id: 20335, tags: [0, 0], type: 3, geometry: square, ...feature }));
    layer.keys.forEach((key) => out.writeStringField(3, key));
    layer.values.forEach((value) => out.writeMessage(4, (text, pbf) => pbf.writeStringField(1, text), value));
    out.writeVarintField(5, 4096);
}

function writeFeature(feature, out) {
    if (feature.id !== null) out.writeVarintField(1, feature.id);
    out.writePackedVarint(2, feature.tags);
    out.writeVarintField(3, feature.type);
    out.writePackedVarint(4, feature.geometry);
}

const FIELDS = { communes: { code: 'String' } };

test('a sound tile has no problem', () => {
    assert.deepEqual(tileProblems(tile(), FIELDS), []);
    assert.deepEqual(tileProblems(tile({ features: [{ id: null }] }), FIELDS), []);
});

for (const [fault, change, expected] of [
    ['version 1', { version: 1 }, /version 1/],
    ['two layers of one name', { copies: 2 }, /name stands twice/],
    ['an empty layer', { features: [] }, /no feature/],
    ['an id used twice', { features: [{}, {}] }, /id stands twice/],
    ['a repeated key', { keys: ['code', 'code'] }, /key stands twice/],
    ['a tag beyond its table', { features: [{ tags: [0, 7] }] }, /outside its table/],
    ['an odd tag', { features: [{ tags: [0, 0, 0] }] }, /odd number/],
    ['an unannounced attribute', { keys: ['secret'] }, /secret is not in TileJSON/],
    ['an unannounced layer', { name: 'other' }, /is not in TileJSON/],
    ['decomposed letters', { values: ['Qu\u0061\u0309ng'] }, /not NFC/],
]) {
    test(`${fault} is found`, () => assert.match(tileProblems(tile(change), FIELDS).join('\n'), expected));
}

test('an attribute of another type than announced is found', () => {
    assert.match(tileProblems(tile(), { communes: { code: 'Number' } })[0], /is a string, TileJSON says number/);
});

for (const [fault, type, geometry, expected] of [
    ['an unclosed ring', 3, square.slice(0, -1), /not closed/],
    ['a ring wound the other way', 3, [...move(0, 0), ...lines([0, 10], [10, 0], [0, -10]), CLOSE], /wound like a hole/],
    ['a repeated point', 3, [...move(0, 0), ...lines([10, 0], [0, 0], [0, 10]), CLOSE], /repeated/],
    ['a ring that returns before closing', 3, [...move(0, 0), ...lines([10, 0], [0, 10], [-10, -10]), CLOSE], /repeated at its end/],
    ['a flat ring', 3, [...move(0, 0), ...lines([10, 0], [-5, 0]), CLOSE], /without area/],
    ['a ring of two points', 3, [...move(0, 0), ...lines([10, 0]), CLOSE], /ring of 2 points/],
    ['a cut command', 3, square.slice(0, 5), /ends within/],
    ['a line of one point', 2, move(1, 1), /one point/],
    ['a close in a line', 2, square, /ClosePath in a line/],
    ['lines in a point', 1, [...move(0, 0), ...lines([1, 1])], /with lines/],
    ['an unknown type', 0, square, /type 0/],
    ['nothing drawn', 3, [], /no geometry/],
]) {
    test(`${fault} is found`, () => assert.match(geometryProblems({ type, geometry }).join('\n'), expected));
}

test('points and lines that are right pass', () => {
    assert.deepEqual(geometryProblems({ type: 1, geometry: [(2 << 3) | 1, 2, 2, 4, 4] }), []);
    assert.deepEqual(geometryProblems({ type: 2, geometry: [...move(0, 0), ...lines([1, 1])] }), []);
});
