/**
 * The share page leads on to the map. Readers without script, such as those that make a preview, stay on it.
 */
const map = document.getElementById('open');
if (map instanceof HTMLAnchorElement) location.replace(map.href);
