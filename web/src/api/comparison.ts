/** The comparisons and series of the server as the page reads them, and the addresses to ask for them. */

import type { Period } from '../view/view';
import { address } from './client';
import type { Schemas } from './schemas';
import type { Level } from './types';

/** A count with its person-years; rates are per 100,000 person-years with limits of 95 %. */
export type Measured = Schemas['MeasuredFigures'];

/** What can be said of the difference of two rates. */
export type Difference = Schemas['DifferenceFigures'];

/** Two areas, and whether they differ beyond chance. */
export type Pair = Schemas['PairAnswer'];

/** Areas beside each other. */
export type Beside = Schemas['BesideAnswer'];

/** The groups that one area can be compared with. */
export const GROUPS: readonly Group[] = ['district', 'peers', 'province'];
/** What one area is held against: the other areas of its district, of its kind, of the province. */
export type Group = Schemas['Group'];

/** An area and the rest of a group. */
export type Against = Schemas['AgainstAnswer'];

/** One area in two periods. */
export type Change = Schemas['AreaChange'];

/** Areas in two periods, the earlier one first. */
export type TwoPeriods = Schemas['TwoPeriodsAnswer'];

/** What is asked about areas, and in which form the answer comes; without a form it is JSON. */
export type TableForm = 'csv' | 'xlsx';

function comparisonAddress(filter: URLSearchParams, more: Record<string, string>, form?: TableForm): string {
  const query = new URLSearchParams(filter);
  for (const [name, value] of Object.entries({ ...more, ...(form && { f: form }) })) query.set(name, value);
  return address('comparison', query);
}

/** The address of areas compared with each other. */
export function besideAddress(codes: string[], filter: URLSearchParams, form?: TableForm): string {
  return comparisonAddress(filter, { areas: codes.join(',') }, form);
}

/** The address of one area compared with a group. */
export function againstAddress(code: string, group: Group, filter: URLSearchParams, form?: TableForm): string {
  return comparisonAddress(filter, { areas: code, with: group }, form);
}

function written(period: Period): string {
  return 'window' in period ? period.window : `${period.from}..${period.to}`;
}

/** `filter` may carry a period of its own, which does not count. */
export function periodsAddress(
  codes: string[],
  [first, second]: [Period, Period],
  filter: URLSearchParams,
  form?: TableForm,
): string {
  const query = new URLSearchParams(filter);
  for (const name of ['window', 'from', 'to']) query.delete(name);
  return comparisonAddress(query, { areas: codes.join(','), periods: `${written(first)},${written(second)}` }, form);
}

/** The steps in which areas are compared over time. */
export type StepName = Extract<Schemas['StepName'], 'year' | 'quarter'>;

/** The address of the course of several areas. */
export function seriesAddress(codes: string[], by: StepName, filter: URLSearchParams): string {
  const query = new URLSearchParams(filter);
  query.set('areas', codes.join(','));
  query.set('by', by);
  return address('series', query);
}

/** What a drawn picture of the map shows beyond the filter. */
export interface PictureChoice {
  level: Level;
  layer: string;
  lang: string;
  theme: string;
  width: number;
  height: number;
  /** Pixels of a PNG to one of the picture. */
  scale?: number;
  legend?: 'none';
  area?: string;
  fit?: 'area';
}

/** The address of a picture of the map, drawn by the server. */
export function pictureAddress(form: 'svg' | 'png', filter: URLSearchParams, choice: PictureChoice): string {
  const query = new URLSearchParams(filter);
  for (const [name, value] of Object.entries(choice)) query.set(name, String(value));
  return address(`export/${form}`, query);
}
