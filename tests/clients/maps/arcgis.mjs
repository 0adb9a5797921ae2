// What the page of the ArcGIS Maps SDK loads; draw.mjs bundles it with its packages, where they are installed.
import config from '@arcgis/core/config.js';
import Map from '@arcgis/core/Map.js';
import * as reactiveUtils from '@arcgis/core/core/reactiveUtils.js';
import VectorTileLayer from '@arcgis/core/layers/VectorTileLayer.js';
import MapView from '@arcgis/core/views/MapView.js';

window.arcgis = { config, Map, MapView, VectorTileLayer, reactiveUtils };
