/** The attributes of areas as the server describes them: what they are called, what they are counted in, how they are written. */

import type { Schemas } from '../../api/schemas';
import type { Meta } from '../../api/types';
import type { Numbers } from '../../i18n/numbers';
import type { Voice } from './sentence';

/** The name of an attribute in answers. */
export type AttributeName = keyof Schemas['AreaMembers'];
type Described = Schemas['DescribedAttribute'];

/** A voice that knows the attributes which the role gets. */
export interface AttributeVoice extends Voice {
  meta: Pick<Meta, 'attributes'>;
}

function described(name: AttributeName, { meta }: AttributeVoice): Described | undefined {
  return meta.attributes.area.find((attribute) => attribute.name === name);
}

/** What an attribute is called; the name itself where the role does not get it. */
export function labelOf(name: AttributeName, voice: AttributeVoice): string {
  return voice.messages.pick(described(name, voice)?.label) || name;
}

/** The same where there is little room, as above a column. */
export function shortLabelOf(name: AttributeName, voice: AttributeVoice): string {
  return voice.messages.pick(described(name, voice)?.short_label) || name;
}

/** What the numbers of an attribute are counted in; nothing for pure numbers. */
export function unitOf(name: AttributeName, voice: AttributeVoice): string {
  return voice.messages.pick(described(name, voice)?.unit);
}

const WRITERS: Partial<Record<Described['format'], keyof Pick<Numbers, 'count' | 'rate' | 'density' | 'bound' | 'percent'>>> = {
  count: 'count',
  rate: 'rate',
  density: 'density',
  decimal: 'bound',
  share: 'percent',
};

/** A number of an attribute as its readers write it. */
export function written(value: number, name: AttributeName, voice: AttributeVoice): string {
  return voice.numbers[WRITERS[described(name, voice)?.format ?? 'decimal'] ?? 'bound'](value);
}
