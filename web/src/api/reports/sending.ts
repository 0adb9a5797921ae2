/**
 * Sends reports: asks for a challenge, has it solved, sends. A report that may have arrived is sent again with the same body,
 * so that it counts once. Nothing here carries a role.
 */

import { address, language, Problem, Unreachable } from '../client';
import type { Schemas } from '../schemas';
import { dropWaiting, keepWaiting, keptReports, noteSent, type Outgoing, type Written } from './kept';
import { solve } from './proof';

/** A challenge, with what may be reported. */
export type Challenge = Schemas['ChallengeAnswer'];
/** The number of a report and how far it is handled. */
export type Receipt = Schemas['ReceiptAnswer'];
/** A refusal that names the member of the report which cannot be used. */
export class Refusal extends Problem {
  constructor(
    status: number,
    title: string,
    detail: string,
    readonly field: string | null,
  ) {
    super(status, title, detail);
  }
}

const FORM = 'binhyen.report-form';

async function asked<T>(url: string, init: RequestInit = {}): Promise<T> {
  const headers = { Accept: 'application/json', 'Accept-Language': language(), ...init.headers };
  const response = await fetch(url, { ...init, headers, cache: 'no-store' }).catch((cause: unknown) => {
    throw new Unreachable(url, { cause });
  });
  if (response.ok) return (await response.json()) as T;
  const body = (await response.json().catch(() => ({}))) as Partial<Schemas['ProblemAnswer']>;
  throw new Refusal(response.status, body.title ?? `HTTP ${response.status}`, body.detail ?? '', body.field ?? null);
}

/** A fresh challenge; what may be reported is kept on the device for times without a line. */
export async function fetchChallenge(): Promise<Challenge> {
  const challenge = await asked<Challenge>(address('reports/challenge'));
  try {
    localStorage.setItem(FORM, JSON.stringify(challenge.form));
  } catch {
    // Where nothing is kept, the form needs a line.
  }
  return challenge;
}

/** What may be reported, as this device last heard; `null` where it never did. */
export function keptForm(): Challenge['form'] | null {
  try {
    return JSON.parse(localStorage.getItem(FORM) ?? 'null') as Challenge['form'] | null;
  } catch {
    return null;
  }
}

/** How far the report of a number is handled. */
export function fetchStatus(number: string): Promise<Receipt> {
  return asked(address(`reports/${encodeURIComponent(number)}/status`));
}

function post(body: string): Promise<Receipt> {
  return asked(address('reports'), { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
}

async function solved(written: Written, challenge: Challenge): Promise<string> {
  const solution = await solve(challenge.challenge, challenge.proof_bits);
  return JSON.stringify({ ...written, challenge: challenge.challenge, solution });
}

/** The challenge of a body is over, and nothing came by it. */
function isOver(error: unknown): boolean {
  return error instanceof Refusal && error.field === 'challenge';
}

/** Sends one report, keeping it on the device until its number is here. */
export async function send(outgoing: Outgoing): Promise<Receipt> {
  let { body } = outgoing;
  if (body !== null) {
    const receipt = await post(body).catch((error: unknown) => {
      if (!isOver(error)) throw error;
      return null;
    });
    if (receipt) return noted(outgoing, receipt);
  }
  body = await solved(outgoing.written, await fetchChallenge());
  keepWaiting({ ...outgoing, body });
  return noted(outgoing, await post(body));
}

function noted(outgoing: Outgoing, receipt: Receipt): Receipt {
  noteSent(outgoing.key, receipt.number, outgoing.at);
  return receipt;
}

/** Whether a report may be sent again later as it is. */
export function isForLater(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429));
}

let flushing: Promise<number> | null = null;

/** Sends what waits on this device, one after the other; gives how many were sent. What is refused is given up. */
export function sendWaiting(): Promise<number> {
  flushing ??= flush().finally(() => (flushing = null));
  return flushing;
}

async function flush(): Promise<number> {
  let count = 0;
  for (const outgoing of keptReports().waiting) {
    try {
      await send(outgoing);
      count += 1;
    } catch (error) {
      if (isForLater(error)) break;
      dropWaiting(outgoing.key);
    }
  }
  return count;
}
