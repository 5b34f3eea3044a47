// one.mjs - the journeys of one file alone, on a fresh house: node tests/journeys/one.mjs streets
//
//   node tests/journeys/one.mjs FILE [NAME…] [--engine=sqlite|postgres]
//
// FILE of tests/journeys/api, NAME of what it exports (all, in their order). Some files lean on what
// api.mjs has run before them; those are only whole there.

import { end, within } from './harness.mjs';
import { engines, newHouse } from './house.mjs';
import { moment, workday } from './scene.mjs';

const [file, ...names] = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const found = await import(`./api/${file}.mjs`);
const day = workday();

for (const engine of engines) {
  within(engine);
  const house = await newHouse(engine);
  await house.start(moment(day, 540));
  for (const [name, journey] of Object.entries(found))
    if (typeof journey === 'function' && (!names.length || names.includes(name)))
      await (journey.length > 1 ? journey(house, day) : journey(house));
  await house.stop();
}
await end();
