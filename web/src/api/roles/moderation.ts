/** The desk of moderation: reports that nobody has judged, one at a time, and what operators make of them. */

import { address, json, language, Problem, problemOf, Unreachable } from '../client';
import type { Schemas } from '../schemas';
import { roleHeaders } from '../token';

/** A page of reports. */
export type ReportQueue = Schemas['ReportQueueAnswer'];
/** A report. */
export type Report = Schemas['ReportAnswer'];
/** A report beside what is near it. */
export type ReportReview = Schemas['ReportReviewAnswer'];
/** A report near another. */
export type NearReport = Schemas['NearReportAnswer'];
/** An incident near a report. */
export type NearIncident = Schemas['NearIncidentAnswer'];
/** What is decided of a report. */
export type Judgement = Schemas['JudgementRequest'];

/** The queue of reports, the oldest first. */
export const fetchQueue = (): Promise<ReportQueue> => json(address('reports'));
/** One report beside what is near it. */
export const fetchReview = (number: string): Promise<ReportReview> => json(address(`reports/${number}`));

async function change(method: 'POST' | 'DELETE', path: string, body: unknown, version?: number): Promise<Report> {
  const url = address(`reports/${path}`);
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': language(),
    'Content-Type': 'application/json',
    ...(version !== undefined && { 'If-Match': `"${version}"` }),
    ...roleHeaders(url),
  };
  const sent: RequestInit = { method, headers, ...(body !== null && { body: JSON.stringify(body) }) };
  const response = await fetch(url, sent).catch((cause: unknown) => {
    throw new Unreachable(url, { cause });
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Report;
}

/** Keeps other operators away from a report for a while. */
export const claimReport = (number: string): Promise<Report> => change('POST', `${number}/claim`, null);
/** Gives a claimed report back. */
export const releaseReport = (number: string): Promise<Report> => change('DELETE', `${number}/claim`, null);

/** Judges a report as it was seen in a version. */
export function judgeReport(number: string, version: number, judgement: Judgement): Promise<Report> {
  return change('POST', `${number}/judgement`, judgement, version);
}

/** Whether somebody else was first, or holds the report. */
export function isLost(error: unknown): boolean {
  return error instanceof Problem && [404, 409, 412].includes(error.status);
}
