/** Which release the numbers of a frame are from: one short answer of the server, asked for beside the picture. */

import { isPublished } from '../api/published/mark';
import type { Version } from '../api/types';
import type { FrameOptions } from './options';
import type { Say } from './words';

/** The day as readers of the frame write it. */
function dayText(date: string, { lang }: FrameOptions): string {
  const month = lang === 'vi' ? 'numeric' : 'short';
  const locale = lang === 'vi' ? 'vi-VN' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${date}T00:00:00Z`));
}

/** The release as a text, or that there is none yet. */
export function releaseText(release: Version['release'], options: FrameOptions, say: Say): string {
  if (release == null) return say('unreleased');
  return say('release').replace('{number}', String(release.number)).replace('{day}', dayText(release.made_on, options));
}

/** Writes the release into `place`; where the server is out of reach, the frame has said so already. */
export async function showRelease(place: HTMLElement, options: FrameOptions, say: Say): Promise<void> {
  const version = await servedVersion().catch(() => null);
  if (version) place.textContent = releaseText(version.release, options, say);
}

async function servedVersion(): Promise<Version | null> {
  const { href } = new URL('version', document.baseURI);
  const answer = isPublished ? await (await import('../api/published/answers')).publishedAnswer(href) : await fetch(href);
  return answer.ok ? ((await answer.json()) as Version) : null;
}
