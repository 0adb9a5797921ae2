/** The table twin of the map. What draws it is loaded when somebody first asks for it. */

import type { Scene } from '../scene';
import type { Table } from './table';

export class TableTwin {
  private table: Table | null = null;
  private latest: Scene | null = null;

  constructor(private readonly root: HTMLElement) {}

  show(scene: Scene): void {
    this.latest = scene;
    this.root.hidden = scene.view.mode !== 'table';
    if (this.table) this.table.show(scene);
    else if (!this.root.hidden) void this.open();
  }

  /** Marks the selected row. */
  mark(scene: Scene): void {
    this.latest = scene;
    this.table?.mark(scene);
  }

  private async open(): Promise<void> {
    const { Table } = await import('./table');
    this.table ??= new Table(this.root);
    if (this.latest) this.table.show(this.latest);
  }
}
