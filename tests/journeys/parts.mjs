// parts.mjs - packages of the front ends' lock file that journeys use too: one lock for all.

import { createRequire } from 'node:module';

export const need = createRequire(new URL('../../web/package.json', import.meta.url));
