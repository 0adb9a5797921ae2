/** Who may put the map into a frame, as the page for frames itself says. */

import { address } from './client';
import { isPublished } from './published/mark';

/** The content security policy of the page for frames; `null` where it cannot be had. */
export async function fetchFramePolicy(): Promise<string | null> {
  const response = await fetch(address(isPublished ? 'embed.html' : 'embed'), { method: 'HEAD' }).catch(() => null);
  if (!response?.ok) return null;
  // A plain web server that says nothing forbids nothing.
  return response.headers.get('Content-Security-Policy') ?? (isPublished ? 'frame-ancestors *' : null);
}
