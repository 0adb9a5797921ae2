// What the page of OpenLayers loads; draw.mjs bundles it with its packages.
import { apply } from 'ol-mapbox-style';

window.applyStyle = apply;
