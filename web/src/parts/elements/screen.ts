/** How much room the screen has, measured in letters: larger text turns a wide screen into a narrow one, as a smaller window does. */

/** Whether the screen is so narrow that panel and rail lie in a sheet below the map; the style sheets say the same. */
export const NARROW = matchMedia('(max-width: 63.9375em)');
