// verify.mjs - the directory is asked about again in time, and what was heard is done.

import { check, same, status, test, until } from '../harness.mjs';
import { act, citizen, mustAct, newPhone, staff } from '../client.mjs';

export async function verify(house) {
  await test('what is due stands on the list with what to say; its result moves the day', async () => {
    const street = await staff(house, 'street');
    const open = () => street.read('/api/verification?state=open&size=50');
    await until('verifications', async () => (await open()).items.length > 2, 60000);
    const [one, two] = (await open()).items.filter((v) => v.place);
    await mustAct(street, 'verification', one.id, 'take');
    const mine = await street.read(`/api/verification/${one.id}`);
    check(mine.owner, 'somebody owns it');
    const place = await street.read(`/api/place/${one.place}`);
    check(mine.say.includes(place.name), `the sentence names the place: ${mine.say}`);
    await mustAct(street, 'verification', one.id, 'same');
    const after = await street.read(`/api/place/${one.place}`);
    check(after.verify_until > place.verify_until, 'verified until a later day');
    status(await act(street, 'verification', one.id, 'same'), 409);
    status(await act(street, 'verification', two.id, 'give_up'), 409);
    await mustAct(street, 'verification', two.id, 'no_answer');
    same((await street.read(`/api/verification/${two.id}`)).tries, 1, 'a try is counted');
    const stranger = await citizen(house, newPhone());
    status(await stranger.get(`/api/verification/${one.id}`), 403, 404);
  });

  await test('the director reads how fresh each street’s facts are, and the list behind', async () => {
    const director = await staff(house, 'director');
    const fresh = await director.read('/api/verification/freshness');
    check(fresh.divisions.length >= 3, 'the streets of the district');
    for (const d of fresh.divisions) {
      const list = await director.read(`${d.list}&total=1&size=1`);
      same(list.total, d.overdue, `the list behind ${d.name} has as many rows`);
      check(d.overdue + d.never <= d.places, 'parts of the whole');
    }
  });
}
