/** Whether this browser can draw the map; found out without loading the library that draws it. */

/** Whether a WebGL 2 context can be had; each try costs one. */
export function canDraw(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}
