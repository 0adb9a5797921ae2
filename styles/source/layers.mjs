// The layers of every style, as a function of its palette: what is drawn, in which order, from which attributes of the
// tiles. Colours come from palettes/ alone. `metadata` is what the page and the picture of the server read:
//   binhyen:theme          names of the themes that show the layer (parted by spaces)
//   binhyen:follows-level  written for communes, moved to the level on show
//   binhyen:level          a border, shown at its own level and at finer ones
//   binhyen:context        a name, shown at finer levels than its own
//   binhyen:overlay        shown when the reader asks for it
//   binhyen:density        squares of incidents that would lie on each other; the page asks for them, fits their classes and
//                          says from which count on a square is drawn at each zoom
//   binhyen:group          shown when a group of areas is to stand out; its filter is filled in
//   binhyen:edition        features with `until` are of editions before that one
//   binhyen:selected-name  names the selected area; its filter is filled in
//   binhyen:anchors        names the areas that everybody knows; filled in by the page, which has them from the gazetteer
//   binhyen:beside-anchors names of areas, without those that an anchor already names
//   binhyen:clusters       marks the areas of clusters, or says what a cluster holds; filled in by the page, which asks for
//                          clusters when their theme is chosen, so that no picture of the server has the theme

const get = (name) => ['get', name];
/** Also where the count is withheld: a layer that follows newer numbers has no filter of its own. */
const COUNTED = ['coalesce', get('incidents'), 0];
const REGULAR = ['Be Vietnam Pro'];
const SEMIBOLD = ['Be Vietnam Pro SemiBold'];
const LETTERS = ['A', 'B', 'C', 'D', 'E'];
const GRADED = [...LETTERS, 'range'];
/** The grade is shown as surely as its reliability allows: three steps. */
const RELIABILITY_STEPS = [0.5, 0.7];
const FOLLOWS = { 'binhyen:follows-level': true };
const HIDDEN = { visibility: 'none' };
const ROUND = { 'line-join': 'round' };
const byZoom = (...stops) => ['interpolate', ['linear'], ['zoom'], ...stops];

/** The theme that is on show before the page has said which. */
const FIRST_THEME = 'grade';
const visibility = (theme) => ({ visibility: theme === FIRST_THEME ? 'visible' : 'none' });

function stepped(input, colours, bounds) {
  return ['step', input, colours[0], ...bounds.flatMap((bound, index) => [bound, colours[index + 1]])];
}

/** The areas of the level on show, filled by a theme. */
function fill(theme, colour, minor = '', more = {}) {
  return {
    id: `area-${theme}${minor}`,
    type: 'fill',
    source: 'areas',
    'source-layer': 'communes',
    metadata: { 'binhyen:theme': theme, ...FOLLOWS },
    layout: visibility(theme),
    paint: { 'fill-color': colour, 'fill-antialias': false },
    ...more,
  };
}

/** A pattern over the areas of a theme that `filter` takes. */
function pattern(theme, minor, filter, picture, more = {}) {
  return fill(theme, null, minor, { filter, paint: { 'fill-pattern': picture }, ...more });
}

/** A scale of five classes of one attribute; the page fits the bounds of some to the areas on show. */
function scale(theme, property, colours, bounds, unknown) {
  return fill(theme, ['case', ['has', property], stepped(get(property), colours, bounds), unknown]);
}

function named(theme, property, colours, unknown) {
  return fill(theme, ['match', get(property), ...Object.entries(colours).flat(), unknown]);
}

/** What does not clearly differ from the common level is muted, whatever its letter. */
const isUnclear = (yes, no) => ['match', ['coalesce', get('difference'), ''], 'not_clearly_different', yes, no];

function gradeColour(palette) {
  const shade = (letter) => stepped(['coalesce', get('reliability'), 0], palette.grade[letter], RELIABILITY_STEPS);
  const arms = LETTERS.flatMap((letter) => [letter, isUnclear(palette.unclear, shade(letter))]);
  // A range that lies clearly on one side is drawn as the first letter on that side; its name says how far it reaches.
  const sides = ['higher', shade('D'), 'lower', shade('B')];
  const range = ['match', ['coalesce', get('difference'), ''], ...sides, palette.unclear];
  return [
    'match',
    get('grade'),
    ...arms,
    'range',
    range,
    'insufficient',
    palette.insufficient,
    'suppressed',
    palette.withheld,
    palette.unknown,
  ];
}

const unsure = (value) => ['all', ['has', value], ['<', ['coalesce', get('reliability'), 0], RELIABILITY_STEPS[0]]];

/** The code of no area: where the page fills in which areas are meant. */
const OF_NO_AREA = ['==', get('code'), ''];
const CLUSTERS = { 'binhyen:theme': 'clusters', 'binhyen:clusters': true, ...FOLLOWS };

/** Clusters lie hatched on a plain ground; the colour of the ground also knows theirs, for the legend. */
function clusterFills({ clusters }) {
  const member = { metadata: CLUSTERS, filter: OF_NO_AREA };
  return [
    fill('clusters', ['case', OF_NO_AREA, clusters.member, clusters.ground], '', {
      metadata: CLUSTERS,
    }),
    fill('clusters', clusters.member, '-colour', member),
    pattern('clusters', '-members', OF_NO_AREA, 'hatch-cluster', { metadata: CLUSTERS }),
  ];
}

function fills(palette) {
  const { unknown } = palette;
  return [
    fill('grade', gradeColour(palette)),
    pattern(
      'grade',
      '-unsure',
      ['all', ['match', get('grade'), LETTERS, true, false], isUnclear(false, true), unsure('grade')],
      'unsure-grade',
    ),
    pattern('grade', '-unclear', ['all', ['match', get('grade'), GRADED, true, false], isUnclear(true, false)], 'unclear'),
    // Too little to judge by is grey under dots; what is known and not published is left blank under lines.
    pattern('grade', '-insufficient', ['==', get('grade'), 'insufficient'], 'dots'),
    pattern('grade', '-suppressed', ['==', get('grade'), 'suppressed'], 'hatch'),
    scale('rate', 'rate_smoothed', palette.rate, [50, 100, 200, 400], palette.withheld),
    pattern('rate', '-unsure', unsure('rate_smoothed'), 'unsure'),
    pattern('rate', '-unknown', ['!', ['has', 'rate_smoothed']], 'hatch'),
    scale('density', 'model_density', palette.density, [1, 2, 5, 10], unknown),
    scale('certified', 'certified_share', palette.certified, [0.6, 0.7, 0.9, 1], palette.withheld),
    pattern('certified', '-unknown', ['!', ['has', 'certified_share']], 'hatch'),
    named('statutory', 'statutory', palette.statutory, unknown),
    pattern('statutory', '-undecided', ['==', get('statutory'), 'insufficient'], 'dots'),
    named('movement', 'movement_grade', palette.movement, unknown),
    pattern('movement', '-unknown', ['!', ['has', 'movement_grade']], 'dots'),
    ...clusterFills(palette),
    fill('count', palette.count.ground),
  ];
}

/** Areas outside the group that is to stand out turn pale. */
function paleAreas(palette) {
  return {
    id: 'area-pale',
    type: 'fill',
    source: 'areas',
    'source-layer': 'communes',
    metadata: { 'binhyen:group': true, ...FOLLOWS },
    filter: ['!=', ['coalesce', get('peer_group'), ''], ''],
    layout: HIDDEN,
    paint: { 'fill-color': palette.mark.pale, 'fill-antialias': false },
  };
}

function border(level, sourceLayer, paint) {
  return {
    id: `border-${level}`,
    type: 'line',
    source: 'areas',
    'source-layer': sourceLayer,
    metadata: { 'binhyen:level': level },
    layout: ROUND,
    paint,
  };
}

function borders({ border: colours }) {
  return [
    border('commune', 'communes', { 'line-color': colours.commune, 'line-width': byZoom(7, 0.3, 10, 0.8, 14, 1.6) }),
    border('district', 'districts', {
      'line-color': colours.district,
      'line-opacity': 0.75,
      'line-width': byZoom(7, 0.5, 10, 1.1, 14, 2.2),
    }),
    {
      id: 'border-former',
      type: 'line',
      source: 'former',
      'source-layer': 'districts',
      metadata: { 'binhyen:overlay': 'districts' },
      layout: { ...HIDDEN, ...ROUND },
      paint: { 'line-color': colours.former, 'line-width': byZoom(7, 0.8, 10, 1.4, 14, 2.4), 'line-dasharray': [3, 2] },
    },
    border('province', 'province', { 'line-color': colours.province, 'line-width': byZoom(7, 1, 10, 1.8, 14, 3) }),
  ];
}

/** A line around single areas, told from the others by a filter or by their state. */
function outline(id, paint, more = {}) {
  return {
    id,
    type: 'line',
    source: 'areas',
    'source-layer': 'communes',
    metadata: FOLLOWS,
    layout: ROUND,
    paint,
    ...more,
  };
}

const whenState = (state, opacity) => ['case', ['boolean', ['feature-state', state], false], opacity, 0];

/** A thin dashed line inside the border where our own check disagrees with the decision; the panel says in which way. */
function disagreement(palette) {
  return outline(
    'area-statutory-check',
    {
      'line-color': palette.mark.disagreement,
      'line-width': byZoom(7, 0.8, 11, 1.4),
      'line-offset': byZoom(7, 1.2, 11, 2.4),
      'line-dasharray': [3, 2],
    },
    {
      metadata: { 'binhyen:theme': 'statutory', ...FOLLOWS },
      filter: ['==', get('statutory_check'), 'disagrees'],
      layout: { ...visibility('statutory'), ...ROUND },
    },
  );
}

/** The line around each area of a cluster. */
function clusterLine({ clusters }) {
  return outline(
    'cluster-line',
    { 'line-color': clusters.line, 'line-width': byZoom(7, 1, 9, 1.8, 12, 2.6) },
    { metadata: CLUSTERS, filter: OF_NO_AREA, layout: { ...visibility('clusters'), ...ROUND } },
  );
}

function marks({ mark }) {
  return [
    outline('area-hover', { 'line-color': mark.hover, 'line-width': 1.6, 'line-opacity': whenState('hover', 0.8) }),
    outline('area-selected-casing', {
      'line-color': mark.casing,
      'line-width': byZoom(7, 3, 9, 5, 11, 6.5),
      'line-opacity': whenState('selected', 0.95),
    }),
    outline('area-selected', {
      'line-color': mark.selected,
      'line-width': byZoom(7, 1.4, 9, 2.4, 11, 3),
      'line-opacity': whenState('selected', 1),
    }),
  ];
}

/** The frames of what is drawn larger beside the map. */
function insetFrames({ mark }) {
  return {
    id: 'inset-frame',
    type: 'line',
    source: 'insets',
    layout: ROUND,
    paint: { 'line-color': mark.hover, 'line-width': 1.2, 'line-opacity': 0.75 },
  };
}

function point(id, sourceLayer, paint, more) {
  return { id, type: 'circle', source: 'areas', 'source-layer': sourceLayer, ...more, paint };
}

/** Single incidents by their group. The labels are groups: the page puts the categories of each in their place. */
function groupColour({ other, ...groups }) {
  return ['match', ['coalesce', get('category'), ''], ...Object.entries(groups).flat(), other];
}

function incidentLayers({ point: colours, groups }) {
  const heavier = (least, factor) => ['+', least, ['*', factor, ['coalesce', get('severity'), 1]]];
  const many = (least, factor) => ['+', least, ['*', factor, ['ln', ['coalesce', get('count'), 1]]]];
  const overlay = { 'binhyen:overlay': 'incidents' };
  const incidents = { metadata: overlay, layout: HIDDEN };
  const ofKind = (kind) => ['==', ['coalesce', get('kind'), ''], kind];
  return [
    {
      id: 'incident-squares',
      type: 'fill',
      source: 'areas',
      'source-layer': 'incidents',
      ...incidents,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: {
        'fill-color': colours.incident,
        'fill-opacity': ['interpolate', ['linear'], ['ln', get('count')], 1.6, 0.45, 6, 0.85],
      },
    },
    point(
      'incident-cells',
      'incidents',
      {
        'circle-color': colours.incident,
        'circle-opacity': 0.6,
        'circle-stroke-color': colours.halo,
        'circle-stroke-width': 0.5,
        'circle-radius': byZoom(6, many(1, 0.9), 9, many(2.4, 1.6), 12, many(4, 2)),
      },
      { ...incidents, filter: ofKind('cell') },
    ),
    point(
      'incidents',
      'incidents',
      {
        'circle-color': groupColour(groups),
        'circle-opacity': 0.9,
        'circle-stroke-color': colours.halo,
        'circle-stroke-width': byZoom(9, 0.4, 13, 1),
        'circle-radius': byZoom(9, heavier(0.9, 0.45), 12, heavier(2, 0.9), 15, heavier(3.5, 1.5)),
      },
      {
        metadata: { ...overlay, 'binhyen:groups': true },
        layout: { ...HIDDEN, 'circle-sort-key': ['coalesce', get('severity'), 1] },
        filter: ofKind('incident'),
      },
    ),
  ];
}

/** Incidents counted in squares of a kilometre, over the points that they stand for. */
function densityLayers({ squares, label, mark }) {
  const squaresOf = (id, type, more) => ({
    id,
    type,
    source: 'incident-density',
    metadata: { 'binhyen:overlay': 'incidents', 'binhyen:density': true },
    ...more,
  });
  return [
    squaresOf('incident-density', 'fill', {
      layout: HIDDEN,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': stepped(get('count'), squares, [2, 5, 20, 100]), 'fill-opacity': 0.96, 'fill-antialias': false },
    }),
    squaresOf('incident-density-picked', 'line', {
      layout: { ...HIDDEN, ...ROUND },
      filter: ['==', get('id'), ''],
      paint: { 'line-color': mark.selected, 'line-width': 2.4 },
    }),
    squaresOf('incident-density-count', 'symbol', {
      minzoom: 11,
      layout: {
        ...HIDDEN,
        'text-field': ['to-string', get('count')],
        'text-font': SEMIBOLD,
        'text-size': 13,
        'symbol-sort-key': ['-', 0, get('count')],
      },
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'text-color': label.ink, 'text-halo-color': label.halo, 'text-halo-width': 1.6 },
    }),
  ];
}

function points(palette) {
  const { point: colours, count } = palette;
  const several = (factor, one) => ['case', ['has', 'models'], ['*', factor, ['sqrt', get('models')]], one];
  return [
    point(
      'models',
      'models',
      {
        'circle-color': colours.model,
        'circle-opacity': 0.85,
        'circle-stroke-color': colours.halo,
        'circle-stroke-width': 0.8,
        'circle-radius': byZoom(8, several(1.1, 2), 12, several(3, 4.5), 15, several(6, 7)),
      },
      { minzoom: 8, metadata: { 'binhyen:overlay': 'models' }, layout: HIDDEN },
    ),
    ...incidentLayers(palette),
    ...densityLayers(palette),
    point(
      'count-circle',
      'labels',
      {
        'circle-color': count.circle,
        'circle-opacity': 0.82,
        'circle-stroke-color': count.halo,
        'circle-stroke-width': 1,
        // The area of a circle grows with the count.
        'circle-radius': ['interpolate', ['linear'], ['sqrt', COUNTED], 0, 0, 100, 120],
      },
      {
        metadata: { 'binhyen:theme': 'count', ...FOLLOWS },
        filter: ['all', ['==', get('level'), 'commune'], ['>', COUNTED, 0]],
        layout: { ...HIDDEN, 'circle-sort-key': ['-', 0, COUNTED] },
      },
    ),
  ];
}

function name(id, source, layout, paint, more = {}) {
  return { id, type: 'symbol', source, ...more, layout: { 'text-field': get('name'), 'text-font': REGULAR, ...layout }, paint };
}

/** The zoom from which on a map shows no more than a province. */
const OVERVIEW_UNTIL = 8;

/** Islands far out, named on maps of the country and its sea; nearer, the areas carry their own names. */
function archipelagoName(id, text, { sea_name: ink }) {
  const layout = { 'text-field': text, 'text-size': 11, 'text-max-width': 10, 'text-line-height': 1.15 };
  return name(id, id, layout, { 'text-color': ink }, { maxzoom: OVERVIEW_UNTIL });
}

function groundNames({ ground, label }) {
  const spaced = { 'text-letter-spacing': 0.35 };
  return [
    name(
      'sea-name',
      'sea-name',
      { 'text-field': 'BIỂN ĐÔNG', 'text-size': 15, ...spaced, 'text-rotate': -52 },
      { 'text-color': ground.sea_name },
      // On a small map there is too little sea for it.
      { minzoom: 7.5 },
    ),
    name(
      'neighbour-name',
      'neighbour-name',
      { 'text-field': 'LÀO', 'text-size': 14, ...spaced },
      { 'text-color': ground.neighbour },
    ),
    {
      id: 'islands',
      type: 'circle',
      source: 'islands',
      maxzoom: OVERVIEW_UNTIL,
      paint: { 'circle-color': ground.sea_name, 'circle-radius': 1.6 },
    },
    archipelagoName('hoang-sa-name', 'Quần đảo Hoàng Sa (Việt Nam)', ground),
    archipelagoName('truong-sa-name', 'Quần đảo Trường Sa (Việt Nam)', ground),
    name(
      'neighbour-provinces',
      'neighbour-provinces',
      { 'text-size': 13, 'text-letter-spacing': 0.12, 'text-max-width': 9 },
      { 'text-color': ground.neighbour, 'text-halo-color': label.halo, 'text-halo-width': 1 },
      { metadata: { 'binhyen:edition': true } },
    ),
  ];
}

const ENDS = ['concat', get('grade_best'), '–', get('grade_worst')];
const LETTER = ['match', get('grade'), LETTERS, get('grade'), 'range', ENDS, ''];
const ROOM_FOR_NAME = ['step', ['zoom'], 60, 8.5, 18, 9.5, 5, 10.5, 0];
const inRoom = ['all', ['==', get('level'), 'commune'], ['>=', get('area_km2'), ROOM_FOR_NAME]];
const LARGEST_FIRST = { 'symbol-sort-key': ['-', 0, get('area_km2')] };

/**
 * The names by which a reader finds the way, until every area has its own: bold, and before all other names. They stand
 * beside the point, which is the letter's or the circle's, and in the same place under every theme.
 */
function anchors(labels, ink) {
  return {
    ...labels(
      'label-anchor',
      { 'binhyen:anchors': true },
      OF_NO_AREA,
      {
        'text-field': '',
        'text-font': SEMIBOLD,
        'text-size': byZoom(7, 13, 9, 15),
        'text-max-width': 7,
        'text-line-height': 1.1,
        'text-padding': 2,
        'text-justify': 'auto',
      },
      { ...ink, 'text-halo-width': 1.8, 'text-halo-blur': 0.2 },
    ),
    maxzoom: 10,
  };
}

function areaNames(palette) {
  const { label, count } = palette;
  const labels = (id, metadata, filter, layout, paint) =>
    name(id, 'areas', layout, paint, { 'source-layer': 'labels', metadata, filter });
  const ink = { 'text-color': label.ink, 'text-halo-color': label.halo };
  const soft = { ...ink, 'text-halo-width': 1.6, 'text-halo-blur': 0.3 };
  const themes = 'rate density certified statutory movement clusters';
  return [
    labels(
      'label-grade',
      { 'binhyen:theme': 'grade', ...FOLLOWS },
      inRoom,
      {
        'text-field': [
          'step',
          ['zoom'],
          LETTER,
          10,
          [
            'format',
            LETTER,
            { 'font-scale': 1.15, 'text-font': ['literal', SEMIBOLD] },
            '\n',
            {},
            get('name'),
            { 'font-scale': 0.92, 'text-font': ['literal', REGULAR] },
          ],
        ],
        'text-font': SEMIBOLD,
        'text-size': byZoom(8, 13, 10, 14.5, 14, 17),
        'text-max-width': 8,
        'text-line-height': 1.15,
        'text-padding': 1,
        ...LARGEST_FIRST,
      },
      soft,
    ),
    labels(
      'label-count',
      { 'binhyen:theme': 'count', ...FOLLOWS },
      ['all', ['==', get('level'), 'commune'], ['>=', COUNTED, 110]],
      {
        ...HIDDEN,
        'text-field': ['to-string', get('incidents')],
        'text-font': SEMIBOLD,
        'text-size': 13,
        'symbol-sort-key': ['-', 0, COUNTED],
      },
      { 'text-color': count.number },
    ),
    labels(
      'label-name',
      { 'binhyen:theme': themes, 'binhyen:beside-anchors': true, ...FOLLOWS },
      inRoom,
      { ...HIDDEN, 'text-size': byZoom(8, 13, 14, 16), 'text-max-width': 7, 'text-line-height': 1.15, ...LARGEST_FIRST },
      soft,
    ),
    {
      ...labels(
        'label-count-name',
        { 'binhyen:theme': 'count', ...FOLLOWS },
        inRoom,
        {
          ...HIDDEN,
          'text-size': byZoom(8, 13, 14, 16),
          'text-max-width': 7,
          'text-anchor': 'top',
          'text-offset': [0, 1],
          ...LARGEST_FIRST,
        },
        soft,
      ),
      minzoom: 10,
    },
    labels(
      'label-cluster',
      CLUSTERS,
      OF_NO_AREA,
      {
        ...HIDDEN,
        'text-field': '',
        'text-font': SEMIBOLD,
        'text-size': byZoom(8, 13, 12, 15),
        'text-max-width': 12,
        'text-offset': [0, -1.6],
        'text-allow-overlap': true,
      },
      { ...ink, 'text-halo-width': 2 },
    ),
    {
      ...labels(
        'label-district',
        { 'binhyen:context': 'district' },
        ['==', get('level'), 'district'],
        { ...HIDDEN, 'text-transform': 'uppercase', 'text-size': 13, 'text-letter-spacing': 0.08, 'text-max-width': 8 },
        { ...soft, 'text-color': label.quiet },
      ),
      maxzoom: 11,
    },
    {
      ...labels(
        'label-former',
        { 'binhyen:overlay': 'districts' },
        ['==', get('level'), 'district'],
        { ...HIDDEN, 'text-size': 13, 'text-letter-spacing': 0.04, 'text-max-width': 8 },
        { ...soft, 'text-color': label.former },
      ),
      source: 'former',
    },
    anchors(labels, ink),
    labels(
      'label-selected',
      { 'binhyen:selected-name': true },
      ['==', get('code'), ''],
      {
        'text-font': SEMIBOLD,
        'text-size': 15,
        'text-max-width': 9,
        'text-offset': [0, 1.2],
        'text-anchor': 'top',
        'text-allow-overlap': true,
      },
      { ...ink, 'text-halo-width': 2 },
    ),
  ];
}

function ground({ ground: colours }) {
  const ofType = (type) => ['==', ['geometry-type'], type];
  return [
    { id: 'water', type: 'background', paint: { 'background-color': colours.water } },
    { id: 'land', type: 'fill', source: 'surroundings', filter: ofType('Polygon'), paint: { 'fill-color': colours.land } },
    {
      id: 'state-border',
      type: 'line',
      source: 'surroundings',
      filter: ofType('LineString'),
      layout: ROUND,
      paint: { 'line-color': colours.state_border, 'line-width': 1, 'line-dasharray': [4, 2] },
    },
  ];
}

/** All layers of the style with this palette, from the ground up. */
export function layers(palette) {
  return [
    ...ground(palette),
    ...fills(palette),
    paleAreas(palette),
    ...borders(palette),
    disagreement(palette),
    clusterLine(palette),
    insetFrames(palette),
    ...marks(palette),
    ...points(palette),
    ...groundNames(palette),
    ...areaNames(palette),
  ];
}

/** The hatchings and dots that the page draws itself. */
export function patterns({ patterns: ink }) {
  return {
    hatch: { kind: 'hatch', ink: ink.withheld, spacing_px: 9, width_px: 1.4 },
    dots: { kind: 'dots', ink: ink.undecided, spacing_px: 7, width_px: 2.4 },
    unclear: { kind: 'dots', ink: ink.unclear, spacing_px: 9, width_px: 1.8 },
    unsure: { kind: 'hatch', ink: ink.unsure, spacing_px: 6, width_px: 2.2 },
    'hatch-cluster': { kind: 'hatch', ink: ink.cluster, spacing_px: 6, width_px: 1.6 },
    'unsure-grade': { kind: 'hatch', ink: ink.unsure_grade, spacing_px: 6, width_px: 2.2 },
  };
}
