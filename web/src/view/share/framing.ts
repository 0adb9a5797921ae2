/** Who may put the map into a frame, as the policy of the frame's page says it (CSP, `frame-ancestors`). */

/** Who may frame: every site, this site alone, nobody, some sites beside it; `unknown` where the server does not say. */
export interface Framing {
  who: 'any' | 'own' | 'nobody' | 'listed' | 'unknown';
  /** The sites that are named. */
  sites: string[];
}

/** Nothing is known of who may frame. */
export const UNKNOWN_FRAMING: Framing = { who: 'unknown', sites: [] };

/** Reads the policy of a page. */
export function framingIn(policy: string | null): Framing {
  const directive = (policy ?? '')
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name?.toLowerCase() === 'frame-ancestors');
  if (!directive) return UNKNOWN_FRAMING;
  const sources = directive.slice(1);
  if (sources.includes('*')) return { who: 'any', sites: [] };
  const sites = sources.filter((source) => !source.startsWith("'"));
  if (sites.length > 0) return { who: 'listed', sites };
  return { who: sources.includes("'self'") ? 'own' : 'nobody', sites: [] };
}

/** Whether some other site may frame the map. */
export function isFramedElsewhere({ who }: Framing): boolean {
  return who !== 'own' && who !== 'nobody';
}
