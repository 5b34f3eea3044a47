// recipients.mjs - in a browser: whom a station serves, with its filters; who is out at a clinic; the
// attendance of a class.

import { same, test } from '../harness.mjs';
import { staff } from '../client.mjs';

/** `frame` has house, desk(login), open(page, path), axeOn(page, what). */
export async function recipients({ house, desk, open, axeOn }) {
  await test('whom we serve, who is out, and who came to the class', async () => {
    const { org } = (await staff(house, 'manager')).me;
    const page = await desk('manager');
    await open(page, '/recipients');
    await page.getByRole('button', { name: /^全部/ }).waitFor();
    await page.getByRole('row').nth(1).waitFor();
    await axeOn(page, 'console: whom we serve');
    await page.getByRole('button', { name: /^有长期服务/ }).click();
    await page.locator('[aria-pressed="true"]').filter({ hasText: '有长期服务' }).waitFor();
    await open(page, '/escorts');
    await page.getByRole('heading', { name: '陪诊在外' }).waitFor();
    await page.getByText(/现在没有人在外|在外或今天要去 [1-9]/).waitFor();
    await axeOn(page, 'console: out at the clinic');
    const [[gathering]] = house.sql(`SELECT g.id FROM gathering g JOIN attendance a
      ON a.gathering = g.id WHERE g.kind = 'class' AND g.org = ${org} ORDER BY a.id DESC LIMIT 1`);
    await open(page, `/gathering/${gathering}`);
    const sheet = page.getByRole('region', { name: '出勤表' });
    await sheet.getByRole('columnheader', { name: '合计' }).waitFor();
    await axeOn(page, 'console: attendance of a class');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}
