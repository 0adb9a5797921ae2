/** Whether this browser can draw the map; told without loading the library that draws it. */

export function canDraw(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}
