/** The last imports as a table; below a row that is opened, its report. */

import type { Import, Imports } from '../../api/roles/desk';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** Which import's report is open, and what opens or closes one. */
export interface OpenReport {
  opened: number | null;
  open(number: number): void;
}

const COLUMNS = ['at', 'kind', 'file', 'read', 'added', 'changed', 'removed', 'rejected'] as const;
/** Columns that a narrow screen leaves to the report. */
const WIDE_ONLY: readonly string[] = ['file', 'added', 'changed', 'removed'];

function head({ messages }: Scene): Drawn {
  const heads = COLUMNS.map((name) => element('th', { scope: 'col', class: classOf(name) }, messages.say(`desk.import.${name}`)));
  return element('thead', {}, element('tr', {}, ...heads));
}

function classOf(name: (typeof COLUMNS)[number]): string {
  const number = ['at', 'kind', 'file'].includes(name) ? '' : 'number';
  return [number, WIDE_ONLY.includes(name) ? 'wide-only' : ''].filter(Boolean).join(' ');
}

/** What was imported: of boundaries also for which edition and level. */
function kindText({ messages }: Scene, { name, edition, level }: Import): string {
  const levelName = level ? messages.say(`level.${level}`) : '';
  return [messages.pick(name), levelName, edition ?? ''].filter(Boolean).join(' · ');
}

function row(scene: Scene, item: Import, { opened, open }: OpenReport): Drawn {
  const { messages, numbers } = scene;
  const { number, rows } = item;
  const isOpen = opened === number;
  const at = numbers.moment(new Date(item.ended_at));
  const button = element(
    'button',
    {
      id: `import-${number}`,
      type: 'button',
      class: 'link',
      'aria-expanded': String(isOpen),
      'aria-controls': `import-report-${number}`,
      'aria-label': messages.say('desk.import.report', { at }),
      click: () => open(number),
    },
    at,
  );
  const removed = rows.removed + rows.sample_removed;
  const counts = { read: rows.read, added: rows.added, changed: rows.changed, removed, rejected: rows.rejected };
  const cells = Object.entries(counts).map(([name, count]) =>
    element(
      'td',
      { class: `${classOf(name as keyof typeof counts)}${name === 'rejected' && count > 0 ? ' some' : ''}` },
      numbers.count(count),
    ),
  );
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, button),
    element('td', {}, kindText(scene, item)),
    element('td', { class: 'wide-only file' }, item.file),
    ...cells,
  );
}

/** All rows of the import in one sentence that adds up. */
function sumText({ messages, numbers }: Scene, { rows }: Import): string {
  const text = messages.say('desk.import.sum', {
    read: numbers.count(rows.read),
    added: numbers.count(rows.added),
    changed: numbers.count(rows.changed),
    unchanged: numbers.count(rows.unchanged),
    rejected: numbers.count(rows.rejected),
  });
  const removed = rows.removed > 0 ? messages.say('desk.import.gone', { n: numbers.count(rows.removed) }) : '';
  const sample = rows.sample_removed > 0 ? messages.say('desk.import.sample', { n: numbers.count(rows.sample_removed) }) : '';
  return [text, removed, sample].filter(Boolean).join(' ');
}

function fieldName({ messages }: Scene, field: string): string {
  return field === '' ? messages.say('desk.import.row') : field;
}

/** Why rows were rejected. Reasons are the program's own words, which are English. */
function rejectParts(scene: Scene, item: Import): Child[] {
  const { messages, numbers } = scene;
  if (item.rows.rejected === 0) return [element('p', {}, messages.say('desk.import.clean'))];
  const fields = item.rejected_by_field.map(({ field, rows }) =>
    element('li', {}, element('span', {}, fieldName(scene, field)), ' ', element('b', {}, numbers.count(rows))),
  );
  const examples = item.examples.map(({ line, field, reason }) =>
    element(
      'li',
      {},
      `${messages.say('desk.import.line', { line: numbers.count(line), field: fieldName(scene, field) })} `,
      element('span', { lang: 'en' }, reason),
    ),
  );
  const more = item.rows.rejected - item.examples.length;
  return [
    element('h4', {}, messages.say('desk.import.why')),
    element('ul', { class: 'counts' }, ...fields),
    examples.length > 0 && element('h4', {}, messages.say('desk.import.examples')),
    examples.length > 0 && element('ol', { class: 'examples' }, ...examples),
    more > 0 && element('p', { class: 'quiet' }, messages.say('desk.import.more', { n: numbers.count(more) })),
    element('p', { class: 'quiet' }, messages.say('desk.import.values')),
  ];
}

function report(scene: Scene, item: Import): Drawn {
  const { messages, numbers } = scene;
  const remarks = item.remarks.map((remark) => element('li', { lang: 'en' }, remark));
  return element(
    'tr',
    { id: `import-report-${item.number}`, class: 'report' },
    element(
      'td',
      { colspan: COLUMNS.length },
      element('p', { class: 'file' }, `${item.file} · ${messages.say('desk.import.epoch', { n: numbers.count(item.epoch) })}`),
      element('p', {}, sumText(scene, item)),
      ...rejectParts(scene, item),
      remarks.length > 0 && element('h4', {}, messages.say('desk.import.remarks')),
      remarks.length > 0 && element('ol', { class: 'examples' }, ...remarks),
    ),
  );
}

/** The table of imports, or that there are none. */
export function importParts(scene: Scene, { imports, most }: Imports, state: OpenReport): Child[] {
  const { messages, numbers } = scene;
  const kept = messages.say('desk.imports.kept', { n: numbers.count(most) });
  if (imports.length === 0) return [element('p', {}, messages.say('desk.imports.none')), element('p', { class: 'quiet' }, kept)];
  const rows = imports.flatMap((item) => [row(scene, item, state), state.opened === item.number ? report(scene, item) : null]);
  return [element('table', {}, head(scene), element('tbody', {}, ...rows)), element('p', { class: 'quiet' }, kept)];
}
