import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Rgb = [number, number, number];
type Lab = [number, number, number];
type Matrix = [Rgb, Rgb, Rgb];

interface Palette {
  patterns: Record<string, string>;
  grade: Record<string, string[]>;
  unclear: string;
  insufficient: string;
  unknown: string;
  rate: string[];
  density: string[];
  certified: string[];
  statutory: Record<string, string>;
  movement: Record<string, string>;
  clusters: { member: string; ground: string; line: string };
  groups: Record<string, string>;
  label: { ink: string; quiet: string; former: string; halo: string };
  ground: { land: string; water: string; sea_name: string; neighbour: string };
}

const FOLDER = new URL('../../../styles/source/palettes/', import.meta.url);
const PALETTES = readdirSync(FOLDER).map((file): [string, Palette] => [
  file.replace('.json', ''),
  JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Palette,
]);

// Full loss of the long, or of the middle cones, in linear sRGB: Machado, Oliveira & Fernandes, "A Physiologically-based
// Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), severity 1.0.
const EYES: Record<string, Matrix> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
/** Two colours side by side are told apart from about 2.3 on (CIE 1976); classes of a map need far more. */
const APART = 10;
/** Five greys that a printer keeps apart. */
const GREY_STEP = 9;

/** Linear light of a colour (IEC 61966-2-1). */
function linear(hex: string): Rgb {
  return [1, 3, 5].map((place) => {
    const value = parseInt(hex.slice(place, place + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
}

function dot(row: Rgb, [r, g, b]: Rgb): number {
  return row[0] * r + row[1] * g + row[2] * b;
}

/** CIE L*a*b* under D65 of what an eye makes of a colour. */
function seen(hex: string, eye: Matrix): Lab {
  const light = linear(hex);
  const rgb = eye.map((row) => Math.min(1, Math.max(0, dot(row, light)))) as Rgb;
  const part = (value: number): number => (value > 216 / 24389 ? Math.cbrt(value) : (24389 / 27 / 116) * value + 16 / 116);
  const [x, y, z] = [
    part(dot([0.4124, 0.3576, 0.1805], rgb) / 0.95047),
    part(dot([0.2126, 0.7152, 0.0722], rgb)),
    part(dot([0.0193, 0.1192, 0.9505], rgb) / 1.08883),
  ];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(a: Lab, b: Lab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function contrast(a: string, b: string): number {
  const [x, y] = [a, b].map((hex) => dot([0.2126, 0.7152, 0.0722], linear(hex)) + 0.05) as [number, number];
  return Math.max(x, y) / Math.min(x, y);
}

function scalesOf(palette: Palette): [string, string[]][] {
  const { rate, density, certified, statutory, movement, clusters } = palette;
  return [
    ['grade', Object.values(palette.grade).map((shades) => shades.at(-1) ?? '')],
    ...Object.entries({ rate, density, certified }),
    ...Object.entries({ statutory, movement, clusters }).map(([name, colours]): [string, string[]] => [
      name,
      Object.values(colours),
    ]),
  ];
}

const CASES = PALETTES.flatMap(([name, palette]) => scalesOf(palette).map(([scale, colours]) => ({ name, scale, colours })));

describe('colours', () => {
  it('are measured as the colour space says: white, black and a grey of half its lightness', () => {
    const usual = EYES['usual'] as Matrix;
    expect(seen('#ffffff', usual)[0]).toBeCloseTo(100, 3);
    expect(seen('#000000', usual)[0]).toBeCloseTo(0, 3);
    expect(seen('#777777', usual)[0]).toBeCloseTo(50, 0);
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 6);
  });

  it('are confused by the eyes that confuse them', () => {
    const [red, green] = ['#c05000', '#6f7a00'] as const;
    const apart = (eye: string): number => distance(seen(red, EYES[eye] as Matrix), seen(green, EYES[eye] as Matrix));
    expect(apart('deuteranopia')).toBeLessThan(apart('usual') / 2);
  });

  it.each(CASES)('tell neighbouring classes apart, also for colour-blind eyes: $name $scale', ({ colours }) => {
    for (const [eye, matrix] of Object.entries(EYES))
      for (const [index, colour] of colours.slice(1).entries())
        expect(distance(seen(colours[index] ?? '', matrix), seen(colour, matrix)), `${eye}: ${colour}`).toBeGreaterThan(APART);
  });

  it.each(PALETTES)('tell any two groups of incidents apart, also for colour-blind eyes: %s', (_, { groups }) => {
    const colours = Object.values(groups);
    expect(colours).toHaveLength(5);
    for (const [eye, matrix] of Object.entries(EYES))
      for (const [index, colour] of colours.entries())
        for (const other of colours.slice(index + 1))
          expect(distance(seen(colour, matrix), seen(other, matrix)), `${eye}: ${colour} ${other}`).toBeGreaterThan(APART);
  });

  it.each(PALETTES)('tell what is not clearly different from every letter and from what has none: %s', (_, palette) => {
    const { grade, insufficient, unknown, unclear, patterns } = palette;
    const others = [...Object.values(grade).map((shades) => shades.at(-1) ?? ''), insufficient, unknown];
    const isDotted = !/^#[0-9a-f]{6}00$/.test(patterns['unclear'] ?? '');
    for (const [eye, matrix] of Object.entries(EYES))
      for (const other of others)
        // On paper dots tell it where the colour alone does not.
        if (!isDotted) expect(distance(seen(unclear, matrix), seen(other, matrix)), `${eye}: ${other}`).toBeGreaterThan(APART);
    if (isDotted) expect(contrast(patterns['unclear'] ?? '', unclear)).toBeGreaterThan(3);
  });

  it.each(CASES.filter(({ name }) => name === 'print'))('stay apart in greyscale when printed: $scale', ({ colours }) => {
    const greys = colours.map((colour) => seen(colour, EYES['usual'] as Matrix)[0]).sort((a, b) => a - b);
    for (const [index, grey] of greys.slice(1).entries()) expect(grey - (greys[index] ?? 0)).toBeGreaterThan(GREY_STEP);
  });

  it.each(CASES.filter(({ scale }) => ['rate', 'density', 'certified'].includes(scale)))(
    'rise or fall in lightness along a scale: $name $scale',
    ({ colours }) => {
      const steps = colours.map((colour) => seen(colour, EYES['usual'] as Matrix)[0]);
      const signs = new Set(steps.slice(1).map((step, index) => Math.sign(step - (steps[index] ?? 0))));
      expect(signs.size).toBe(1);
    },
  );

  it.each(PALETTES)('keep names readable on their halo and ground: %s', (_, { label, ground, unclear }) => {
    for (const ink of [label.ink, label.quiet, label.former]) expect(contrast(ink, label.halo)).toBeGreaterThan(4.5);
    expect(contrast(label.ink, unclear)).toBeGreaterThan(4.5);
    expect(contrast(ground.neighbour, ground.land)).toBeGreaterThan(3);
    expect(contrast(ground.sea_name, ground.water)).toBeGreaterThan(3);
  });
});
