/** Opens the page. */

import './css/fonts.css';
import './css/tokens.css';
import './css/page.css';
import './css/parts.css';
import './css/reading.css';
import './css/why.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import { adoptTokenFromFragment } from './api/token';
import { failedToOpen, Page } from './page';

adoptTokenFromFragment();
// A wide screen has room for the whole legend from the start.
if (matchMedia('(min-width: 1024px)').matches) document.getElementById('legend')?.setAttribute('open', '');
Page.open().catch(failedToOpen);
