/** The way to the form: what draws it is loaded when somebody first asks for it, or when something waits to be sent. */

import { withWords } from '../../i18n/catalogue';
import { whenIdle } from '../elements/idle';
import type { ReportHost } from './host';
import type { ReportDialog } from './report_dialog';

/** Whether a report waits on this device; read without the rest of it. */
function isWaiting(): boolean {
  try {
    return /"waiting":\[\{/.test(localStorage.getItem('binhyen.reports') ?? '');
  } catch {
    return false;
  }
}

/** The number of a report that the address names, taken out of it: it is nobody else's to see. */
function numberInAddress(): string | null {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const number = fragment.get('report');
  if (number === null) return null;
  fragment.delete('report');
  const rest = fragment.toString();
  history.replaceState(null, '', rest === '' ? location.pathname + location.search : `#${rest}`);
  return number;
}

const asked = numberInAddress();

/** Opens the form when a part asks for it by `binhyen:dialog`, and sends what waits as soon as there is a line. */
export function listenForReporting(host: ReportHost): void {
  let dialog: ReportDialog | null = null;
  const open = async (number: string | null): Promise<void> => {
    const { ReportDialog } = await withWords(import('./report_dialog'));
    dialog ??= new ReportDialog(host);
    dialog.open(number);
  };
  const send = async (): Promise<void> => {
    if (!isWaiting() || !navigator.onLine) return;
    const { sendWaiting } = await import('../../api/reports/sending');
    await sendWaiting();
  };
  document.addEventListener('binhyen:dialog', (event) => {
    if ((event as CustomEvent<string>).detail === 'report') void open(null);
  });
  addEventListener('online', () => void send());
  whenIdle(() => void send());
  if (asked !== null) void open(asked);
}
