/** Solves challenges beside the page, so that nothing on it stands still meanwhile. */

import { solutionIn } from './sha256';

addEventListener('message', ({ data }: MessageEvent<{ challenge: string; bits: number }>) => {
  postMessage(solutionIn(data.challenge, data.bits, 0, Number.MAX_SAFE_INTEGER));
});
