/** Incidents as a CSV file (RFC 4180) that a spreadsheet opens without running any of it; its columns are those of the server's file. */

import type { IncidentRecord } from './records';

const OWN = ['id', 'time', 'precision', 'category', 'severity', 'status', 'channel', 'code', 'lon', 'lat'];

/** What all lines of a file have in common. */
export interface CsvBasis {
  edition: string;
  sample: boolean;
}
/** Texts that begin so are run by spreadsheets; the server writes the same apostrophe before them. */
const RUN = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = RUN.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function rowOf(record: IncidentRecord, { edition, sample }: CsvBasis): (string | number | null)[] {
  const { at, id, time, category, severity, status, channel, precision, code } = record;
  const own = [id, time, precision, category, severity, status, channel, code, at?.[0] ?? null, at?.[1] ?? null];
  return [edition, ...own, String(sample)];
}

/** The file: a head with the names of the JSON, then a line for each incident. */
export function csvOf(records: readonly IncidentRecord[], basis: CsvBasis): string {
  const head = ['edition', ...OWN, 'sample'].join(',');
  return [head, ...records.map((record) => rowOf(record, basis).map(cell).join(','))].join('\r\n') + '\r\n';
}
