/** Incidents as a CSV file (RFC 4180) that a spreadsheet opens without running any of it. */

import type { IncidentRecord } from './records';

const COLUMNS = ['id', 'time', 'lon', 'lat', 'category', 'severity', 'status', 'channel', 'precision', 'code'] as const;
/** Texts that begin so are run by spreadsheets; the server writes the same apostrophe before them. */
const RUN = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = RUN.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function rowOf(record: IncidentRecord): (string | number | null)[] {
  const { at, id, time, category, severity, status, channel, precision, code } = record;
  return [id, time, at?.[0] ?? null, at?.[1] ?? null, category, severity, status, channel, precision, code];
}

/** The file: a head with the names of the JSON, then a line for each incident. */
export function csvOf(records: readonly IncidentRecord[]): string {
  return [COLUMNS.join(','), ...records.map((record) => rowOf(record).map(cell).join(','))].join('\r\n') + '\r\n';
}
