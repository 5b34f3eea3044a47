// api.mjs - the main job and what surrounds it, over HTTP, on both engines.

import { end, same, test, within } from './harness.mjs';
import { engines, newHouse } from './house.mjs';
import { moment, workday } from './scene.mjs';
import { mainJob } from './api/main_job.mjs';
import { orders } from './api/orders.mjs';
import { baskets } from './api/baskets.mjs';
import { counter } from './api/counter.mjs';
import { chains } from './api/chains.mjs';
import { told } from './api/told.mjs';
import { month } from './api/month.mjs';
import { adviser } from './api/adviser.mjs';
import { family } from './api/family.mjs';
import { papers } from './api/papers.mjs';
import { domains } from './api/domains.mjs';
import { coverage } from './api/coverage.mjs';
import { reach } from './api/reach.mjs';
import { secrecy } from './api/secrecy.mjs';
import { proofs } from './api/proofs.mjs';
import { proposals } from './api/proposals.mjs';
import { leave } from './api/staff.mjs';
import { facts } from './api/facts.mjs';
import { verify } from './api/verify.mjs';
import { rights } from './api/rights.mjs';
import { prints } from './api/prints.mjs';
import { exports } from './api/exports.mjs';
import { forms } from './api/forms.mjs';
import { files } from './api/files.mjs';
import { institutions } from './api/institutions.mjs';
import { imports } from './api/imports.mjs';
import { photos } from './api/photos.mjs';
import { sharedPhone } from './api/phone.mjs';
import { offline } from './api/offline.mjs';
import { search } from './api/search.mjs';
import { households } from './api/households.mjs';
import { parameters } from './api/parameters.mjs';
import { sheets } from './api/sheets.mjs';
import { addresses } from './api/addresses.mjs';
import { streets } from './api/streets.mjs';
import { todo } from './api/todo.mjs';
import { quotas } from './api/quotas.mjs';
import { menu } from './api/menu.mjs';
import { errands } from './api/errands.mjs';
import { standing } from './api/standing.mjs';
import { bulk } from './api/bulk.mjs';
import { meals } from './api/meals.mjs';
import { inspections } from './api/inspections.mjs';
import { messages } from './api/messages.mjs';
import { centres } from './api/centres.mjs';
import { welfare } from './api/welfare.mjs';
import { gatherings } from './api/gatherings.mjs';
import { complaints } from './api/complaints.mjs';
import { reminders } from './api/reminders.mjs';
import { ghosts } from './api/ghosts.mjs';
import { surveys } from './api/surveys.mjs';
import { delivery } from './api/delivery.mjs';
import { open311 } from './api/open311.mjs';
import { hotline, knowledge, requests } from './api/requests.mjs';

const day = workday();

for (const engine of engines) {
  within(engine);
  const house = await newHouse(engine);
  await house.start(moment(day, 540));
  await mainJob(house, day);
  await baskets(house);
  await counter(house);
  await chains(house, day);
  await told(house, day);
  await month(house, day);
  await adviser(house, day);
  await house.stop();

  const other = await newHouse(engine);
  await other.start(moment(day, 540));
  await orders(other, day);
  await family(other);
  await papers(other, day);
  await proofs(other, day);
  await domains(other);
  await coverage(other);
  await reach(other);
  await leave(other);
  await facts(other, day);
  await todo(other);
  await bulk(other);
  await requests(other);
  await meals(other, day);
  await inspections(other);
  await messages(other);
  await open311(other);
  await complaints(other);
  await hotline(other);
  await knowledge(other);
  await ghosts(other);
  await surveys(other);
  await verify(other);
  await proposals(other);
  await rights(other, day);
  await institutions(other);
  await files(other);
  await photos(other);
  await search(other);
  await sheets(other);
  await exports(other);
  await forms(other);
  await addresses(other);
  await households(other, day);
  await parameters(other, day);
  await streets(other);
  await prints(other);
  await secrecy(other);
  await other.stop();

  const third = await newHouse(engine);            // with a carer's whole day free
  await third.start(moment(day, 540));
  await offline(third, day);
  await sharedPhone(third, day);
  await standing(third, day);
  await errands(third);
  await delivery(third, day);
  await quotas(third, day);
  await menu(third, day);
  await gatherings(third);
  await centres(third);
  await welfare(third);
  await reminders(third, day);                     // last: it moves the clock
  await third.stop();

  for (const one of [house, other, third])
    await test('nothing is out of joint afterwards', async () => {
      const r = one.command('check');
      same(r.code, 0, r.text);
    });
  await imports(engine, day);
}
await end();
