/** Work that a report has to prove, done in a worker. */

/** Solves a challenge; fails where the browser runs no worker. */
export function solve(challenge: string, bits: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../../worker/proof_worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<number | null>) => {
      worker.terminate();
      if (data === null) reject(new Error('the challenge has no solution'));
      else resolve(String(data));
    });
    worker.addEventListener('error', (event) => {
      worker.terminate();
      reject(new Error(event.message));
    });
    worker.postMessage({ challenge, bits });
  });
}
