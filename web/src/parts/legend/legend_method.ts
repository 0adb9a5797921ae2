/** What the theme on show says and how it is worked out: in words, with the numbers of the rule file, and by which file. */

import { address } from '../../api/client';
import { isPublished } from '../../api/published/mark';
import type { Theme } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import { reliabilityFan } from './figures';
import { sayToReader, type Scene } from '../scene';

/** The themes whose colours rest on counts over residents. */
const RATED_THEMES: readonly string[] = ['grade', 'rate'];

/** The numbers that the words of a method name. */
function methodValues({ meta, numbers, ratings }: Scene): Record<string, string> {
  const rule = ratings?.method ?? meta.grade;
  return {
    interval: rule?.interval == null ? '' : numbers.wholePercent(rule.interval),
    needed: rule?.min_reliability == null ? '' : numbers.bound(rule.min_reliability),
  };
}

/** The section of the page of methods in which a theme is explained. */
const SECTION: Record<Theme, string> = {
  grade: 'grade',
  statutory: 'statutory',
  movement: 'statutory',
  rate: 'smoothed',
  count: 'counting',
  clusters: 'clusters',
  density: 'density',
  certified: 'shares',
};

/** A link to the page of methods, at the section of the theme on show. */
function methodsLink({ messages, view }: Scene): Drawn {
  const page = isPublished ? address(`methods.${messages.lang}.html`) : `${address('methods')}?lang=${messages.lang}`;
  const href = `${page}#${SECTION[view.theme]}`;
  return element('a', { href, target: '_blank', rel: 'noopener' }, messages.say('legend.methods'));
}

/** The scheme with its version and the mark of its file, and the rules beside it. */
export function ruleTexts({ meta, messages, ratings }: Scene): string[] {
  const id = ratings?.scheme?.id ?? meta.default_scheme;
  const scheme = meta.schemes?.find((item) => item.id === id);
  const short = (hash = ''): string => hash.replace(/^sha256[:-]/, '').slice(0, 8);
  const { version, hash } = meta.rules ?? {};
  return [
    scheme && messages.say('why.scheme', { name: messages.pick(scheme.name), version: scheme.version, hash: short(scheme.hash) }),
    version && `${messages.say('legend.rules', { version })}${hash ? ` · ${short(hash)}` : ''}`,
  ].filter((text): text is string => Boolean(text));
}

/** Which residents rates are divided by, where the theme rests on a rate. */
function residentsText({ messages, ratings, view }: Scene): string {
  const base = ratings?.method?.residents_base;
  return base && RATED_THEMES.includes(view.theme) ? messages.say('method.residents', { base: messages.pick(base.text) }) : '';
}

/** What unfolds to the method. */
export function methodPart(scene: Scene): Drawn {
  const { messages, view } = scene;
  const residents = residentsText(scene);
  return fold(
    'legend-method',
    'closed',
    messages.say('legend.method'),
    element('p', { class: 'what' }, sayToReader(scene, `legend.${view.theme}.what`)),
    view.theme === 'grade' && reliabilityFan(scene, messages.say('legend.reliability.hint')),
    element('p', {}, sayToReader(scene, `method.${view.theme}`, methodValues(scene))),
    residents !== '' && element('p', { class: 'quiet' }, residents),
    ...ruleTexts(scene).map((text) => element('p', { class: 'quiet' }, text)),
    element('p', {}, methodsLink(scene)),
  );
}
