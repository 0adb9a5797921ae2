/** The name of the commune in which an incident lies, whatever level is on show. */

import { gazetteerOf } from '../../api/gazetteer';
import { areasOf, type Scene } from '../scene';

/** The name by a code of the edition on show; where nobody has a name for it, the code. */
export function communeName(scene: Scene, code: string | null): string {
  if (code === null) return scene.messages.say('incident.nowhere');
  const shown = scene.view.level === 'commune' ? areasOf(scene).find((area) => area.code === code)?.name : undefined;
  if (shown !== undefined) return shown;
  const { edition } = scene.view;
  const named = gazetteerOf(scene.answers)?.areas.find((area) => area.code === code && area.edition === edition);
  return named?.name ?? code;
}
