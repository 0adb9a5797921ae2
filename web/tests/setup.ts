/** Tests speak both languages, and addresses are relative to a page. */

import { learnWords } from '../src/i18n/catalogue';

Object.assign(globalThis, { document: globalThis.document ?? { baseURI: 'http://page.test/' } });

await Promise.all([learnWords('vi'), learnWords('en')]);
