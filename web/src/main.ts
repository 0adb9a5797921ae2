/** Opens the page. */

import './css/base/fonts.css';
import './css/base/tokens.css';
import './css/page/page.css';
import './css/page/header.css';
import './css/page/phone.css';
import './css/base/parts.css';
import './css/page/reading.css';
import './css/area/why.css';
import './css/page/layers.css';
import './css/area/time.css';
import './css/area/panel.css';
import './css/compare/compare.css';
import './css/compare/compare_maps.css';
import './css/area/table.css';
import './css/page/print.css';
import { adoptTokenFromFragment } from './api/token';
import { keepForOffline } from './page/offline';
import { failedToOpen, openPage } from './page/opening';

adoptTokenFromFragment();
// A large screen has room for the whole legend from the start.
if (matchMedia('(min-width: 1200px) and (min-height: 760px)').matches)
  document.getElementById('legend')?.setAttribute('open', '');
openPage().then(keepForOffline, failedToOpen);
