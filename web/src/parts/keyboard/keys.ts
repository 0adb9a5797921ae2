/**
 * The keyboard of the page: which key does what, as a table of words for the dialog that lists them and as one listener.
 * Single letters can be turned off (WCAG 2.1.4), for those who speak to their computer.
 */

import type { Direction } from '../../view/find/neighbours';
import type { Mode } from '../../view/view';

/** What a key asks for. */
export type Command =
  | { to: 'search' | 'keys' | 'bookmarks' | 'wall' | 'back' | 'zoom-in' | 'zoom-out' }
  | { to: 'mode'; mode: Mode }
  | { to: 'step'; direction: Direction }
  | { to: 'pan'; direction: Direction }
  | { to: 'read' };

/** Where a key was pressed. */
export type Spot = 'typing' | 'map' | 'page';

/** A key press as far as commands depend on it. */
export interface Pressed {
  key: string;
  spot: Spot;
  shift: boolean;
  /** Ctrl, Alt or the command key: the browser's. */
  combined: boolean;
}

const KEY = 'binhyen.letters';
const MODE_KEYS: Record<string, Mode> = { m: 'map', t: 'table', c: 'compare' };
const ARROWS: Record<string, Direction> = { ArrowUp: 'north', ArrowDown: 'south', ArrowLeft: 'west', ArrowRight: 'east' };
const TEXT_INPUTS = new Set(['text', 'search', 'date', 'number', 'email', 'url', 'range', '']);

/** Whether single letters are commands. */
export type Letters = 'on' | 'off';

/** The reader's choice, kept on this device; on until it is turned off. */
export function lettersChoice(): Letters {
  return localStorage.getItem(KEY) === 'off' ? 'off' : 'on';
}

/** Keeps the choice on this device. */
export function rememberLetters(letters: Letters): void {
  if (letters === 'on') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, letters);
}

function onMap({ key, shift }: Pressed): Command | null {
  const direction = ARROWS[key];
  if (direction) return { to: shift ? 'pan' : 'step', direction };
  return key === 'Enter' ? { to: 'read' } : null;
}

/** The command of a key, or none. */
export function commandOf(pressed: Pressed, letters: Letters): Command | null {
  const { key, spot, combined } = pressed;
  if (combined) return null;
  if (key === 'Escape') return { to: 'back' };
  if (spot === 'typing') return null;
  const here = spot === 'map' ? onMap(pressed) : null;
  if (here || letters === 'off') return here;
  if (key === '/') return { to: 'search' };
  if (key === '?') return { to: 'keys' };
  if (key.toLowerCase() === 'b') return { to: 'bookmarks' };
  if (key.toLowerCase() === 'w') return { to: 'wall' };
  // On the map the drawing library zooms by itself.
  if (spot === 'page' && (key === '+' || key === '=')) return { to: 'zoom-in' };
  if (spot === 'page' && (key === '-' || key === '−')) return { to: 'zoom-out' };
  const mode = MODE_KEYS[key.toLowerCase()];
  return mode ? { to: 'mode', mode } : null;
}

/** Where an event's key was pressed. */
export function spotOf(target: EventTarget | null): Spot {
  if (!(target instanceof Element)) return 'page';
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return 'typing';
  if (target instanceof HTMLInputElement && TEXT_INPUTS.has(target.type)) return 'typing';
  return target.closest('#map') ? 'map' : 'page';
}

/** Listens to the keyboard: before the drawing library does, which would move the map with the arrows. */
export function listenToKeys(run: (command: Command) => 'done' | 'passed'): void {
  const heard = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const { key, shiftKey: shift, ctrlKey, altKey, metaKey } = event;
    const pressed = { key, shift, combined: ctrlKey || altKey || metaKey, spot: spotOf(event.target) };
    const command = commandOf(pressed, lettersChoice());
    if (!command || run(command) === 'passed') return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('keydown', (event) => spotOf(event.target) === 'map' && heard(event), { capture: true });
  addEventListener('keydown', (event) => spotOf(event.target) !== 'map' && heard(event));
}
