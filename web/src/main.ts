/** Opens the page. */

import './css/base/fonts.css';
import './css/base/tokens.css';
import './css/page/page.css';
import './css/page/notices.css';
import './css/page/header.css';
import './css/page/phone.css';
import './css/base/parts.css';
import './css/page/reading.css';
import './css/area/why.css';
import './css/page/layers.css';
import './css/area/time.css';
import './css/area/panel.css';
import './css/base/abilities.css';
import { comeBack } from './api/roles/coming_back';
import { adoptTokenFromFragment } from './api/token';
import { keepForOffline } from './page/offline';
import { failedToOpen, openPage } from './page/opening';

adoptTokenFromFragment();
// A wide screen has room for the whole legend from the start; on a narrower one the map would be small beside it.
if (matchMedia('(min-width: 88em) and (min-height: 47.5em)').matches) document.getElementById('legend')?.setAttribute('open', '');
comeBack().then(openPage).then(keepForOffline, failedToOpen);
