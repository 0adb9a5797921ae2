/** The form of reports in a frame: the same as that of the page, without a role. */

import '../css/apart/embed_report.css';
import { Answers } from '../api/answers';
import { json, speak } from '../api/client';
import { learnWords, withWords } from '../i18n/catalogue';
import { messagesIn } from '../i18n/messages';
import { numbersIn } from '../i18n/numbers';
import type { ReportDialog } from '../parts/reports/report_dialog';
import type { Language } from '../view/view';
import { openPicker } from './open_map';

let dialog: ReportDialog | null = null;

/** Opens the form. */
export async function openReporting(lang: Language): Promise<void> {
  speak(lang);
  await learnWords(lang);
  const { ReportDialog } = await withWords(import('../parts/reports/report_dialog'));
  dialog ??= new ReportDialog({
    messages: messagesIn(lang),
    numbers: numbersIn(lang),
    answers: new Answers(json),
    picker: openPicker,
  });
  dialog.open();
}
