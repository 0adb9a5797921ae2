/** The table twin of the map. What draws it is loaded when somebody first asks for it. */

import { effect } from '@preact/signals-core';
import { withWords } from '../../i18n/catalogue';
import type { Scene } from '../scene';
import type { Table } from './table';

/** Shows the table in `root` while its mode is on. */
export function mountTable(scene: Scene, root: HTMLElement): void {
  let table: Promise<Table> | null = null;
  effect(() => {
    root.hidden = scene.view.mode !== 'table';
    if (!root.hidden) table ??= withWords(import('./table')).then(({ Table }) => new Table(scene, root));
  });
}
