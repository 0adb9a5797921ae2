/** Tests speak both languages. */

import { learnWords } from '../src/i18n/catalogue';

await Promise.all([learnWords('vi'), learnWords('en')]);
