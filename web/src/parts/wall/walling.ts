/** Waits until somebody wants the wall; only then is it loaded. */

import { effect } from '@preact/signals-core';
import { withWords } from '../../i18n/catalogue';
import { USUAL_WALL } from '../../view/wall/wall';
import type { Scene } from '../scene';
import type { WallScreen, WallSurroundings } from './wall';

/** What a command to turn the wall on or off changes of the view. */
export function wallChange({ view }: Scene): Partial<Scene['view']> {
  return view.wall ? { wall: null } : { wall: USUAL_WALL, mode: 'map', area: null };
}

/** Shows the wall while the view asks for it. */
export function listenForWall(scene: Scene, page: WallSurroundings): void {
  let screen: Promise<WallScreen> | null = null;
  effect(() => {
    const isWanted = scene.view.wall !== null;
    // Set before the wall is here, so that no control shows in between.
    document.body.toggleAttribute('data-wall', isWanted);
    if (isWanted) screen ??= withWords(import('./wall')).then(({ WallScreen }) => new WallScreen(scene, page));
    void screen?.then((loaded) => (scene.view.wall ? loaded.enter() : loaded.leave()));
  });
}
