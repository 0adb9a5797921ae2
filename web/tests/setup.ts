/** Tests speak both languages, addresses are relative to a page, and the browser is a Vietnamese one. */

import { learnLaterWords, learnWords } from '../src/i18n/catalogue';

Object.defineProperty(globalThis, 'navigator', { value: { languages: ['vi-VN', 'en'] }, configurable: true });
Object.assign(globalThis, { document: globalThis.document ?? { baseURI: 'http://page.test/' } });

await Promise.all([learnWords('vi'), learnWords('en')]);
await learnLaterWords();
