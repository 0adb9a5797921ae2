/** Which built files the page of a server needs to open: all that its entry reaches, the drawing library included. */

interface Piece {
  file: string;
  css?: string[];
  assets?: string[];
  imports?: string[];
  dynamicImports?: string[];
}

/** What only published pages load. */
const PUBLISHED = 'src/api/published/';

/** What Vite writes of a build. */
export type Manifest = Record<string, Piece>;

/** The addresses of the shell below the page's own folder, in a fixed order. */
export function shellOf(manifest: Manifest, entry = 'index.html'): string[] {
  const reached = new Set<string>();
  const files = new Set<string>();
  const follow = (name: string): void => {
    const piece = manifest[name];
    if (!piece || reached.has(name) || name.startsWith(PUBLISHED)) return;
    reached.add(name);
    for (const file of [piece.file, ...(piece.css ?? []), ...(piece.assets ?? [])]) files.add(file);
    for (const next of [...(piece.imports ?? []), ...(piece.dynamicImports ?? [])]) follow(next);
  };
  follow(entry);
  return [...files].sort();
}
