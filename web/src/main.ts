/** Opens the page. */

import './css/fonts.css';
import './css/tokens.css';
import './css/page.css';
import './css/header.css';
import './css/phone.css';
import './css/parts.css';
import './css/reading.css';
import './css/why.css';
import './css/layers.css';
import './css/time.css';
import './css/panel.css';
import './css/compare.css';
import './css/compare_maps.css';
import './css/table.css';
import './css/print.css';
import { adoptTokenFromFragment } from './api/token';
import { keepForOffline } from './page/offline';
import { failedToOpen } from './page/opening';
import { Page } from './page/page';

adoptTokenFromFragment();
// A large screen has room for the whole legend from the start.
if (matchMedia('(min-width: 1200px) and (min-height: 760px)').matches)
  document.getElementById('legend')?.setAttribute('open', '');
Page.open().then(keepForOffline, failedToOpen);
