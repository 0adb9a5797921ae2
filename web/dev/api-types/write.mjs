// Writes src/api/generated/schema.ts, the types of the server's answers, from src/api/generated/openapi.json. With `--check` it writes nothing
// and fails when the written types are not what the document gives. The document itself is `binhyen openapi`.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { format } from 'prettier';

const API = new URL('../../src/api/generated/', import.meta.url);
const DOCUMENT = new URL('openapi.json', API);
const TYPES = new URL('schema.ts', API);
const HEADING = '// Generated from openapi.json by `make api-types`; not to be changed by hand.\n\n';
const STYLE = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).prettier;

// The page writes its requests itself: of the document it needs what answers look like.
const { openapi, info, components } = JSON.parse(readFileSync(DOCUMENT, 'utf8'));
const answers = { openapi, info, paths: {}, components: { schemas: components.schemas } };
const types = await openapiTS(answers, { alphabetize: true, arrayLength: true });
const text = await format(HEADING + astToString(types), { parser: 'typescript', ...STYLE });
if (!process.argv.includes('--check')) {
  writeFileSync(TYPES, text);
} else if (readFileSync(TYPES, 'utf8') !== text) {
  console.error('src/api/generated/schema.ts is not what src/api/generated/openapi.json gives; run `make api-types`');
  process.exit(1);
}
