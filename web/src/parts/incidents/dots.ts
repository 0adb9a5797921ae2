/** The dots of incidents as the map draws them: the colour of a group, the size of a severity. */

import type { CircleLayerSpecification } from 'maplibre-gl';
import { evaluate, type Expression } from '../../map/expression';
import { kindsOf } from '../../view/kinds';
import { groupOf } from '../../view/incidents/records';
import { coloured, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

function incidentPaint(scene: Scene): CircleLayerSpecification['paint'] {
  const layer = scene.style.layers.find(({ id }) => id === 'incidents');
  return layer?.type === 'circle' ? layer.paint : undefined;
}

/** The colour of a group: the style names groups where the page puts their categories. */
export function groupColour(scene: Scene, group: string): string | null {
  const colour = evaluate((incidentPaint(scene)?.['circle-color'] ?? null) as Expression, { category: group });
  return typeof colour === 'string' ? colour : null;
}

/** A dot in the colour of the group of a category; `severity` gives its size. */
export function groupDot(scene: Scene, category: string | null, severity: number | null = null): Drawn {
  const group = groupOf(category, kindsOf(scene.meta));
  return coloured(
    element('span', { class: 'incident-dot', 'data-severity': severity, 'aria-hidden': 'true' }),
    groupColour(scene, group),
  );
}
