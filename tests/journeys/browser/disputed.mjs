// disputed.mjs - 有问题 on an order becomes a request: the family says it, the office sees and answers
// it, the family says whether it helped; and money goes back by the rule, at the station's screen.

import { check, same, test, until } from '../harness.mjs';
import { citizen, daughterOf, mustAct, newPhone, staff } from '../client.mjs';
import { moment, offersOf, orderFor, timesOf } from '../scene.mjs';

const WRONG = '护理员提前二十分钟走了', ANSWER = '已核对打卡，少做的部分退还，换一位护理员';

/** `frame` has house, person, desk(login), open(page, path), axeOn(page, what). */
export async function disputed({ house, person, desk, open, axeOn }) {
  await test('“有问题” on an order: a request that the office answers and she rates', async () => {
    const daughter = await daughterOf(house);
    const [[order]] = house.sql(`SELECT o.id FROM care_order o WHERE o.account = ${daughter.me.account}
      AND o.state IN ('served', 'confirmed', 'rated') AND NOT EXISTS
      (SELECT 1 FROM request r WHERE r.care_order = o.id) ORDER BY o.day DESC, o.id DESC LIMIT 1`);
    const page = await person({ as: daughter });
    await page.goto(`${house.base}/order/${order}`);
    await page.getByRole('button', { name: '有问题', exact: true }).click();
    const form = page.locator('form.card');
    await form.getByRole('button', { name: /有问题/ }).click();
    await form.getByRole('alert').waitFor();                       // it is asked what
    await form.getByRole('textbox').fill(WRONG);
    await axeOn(page, 'citizen: something was wrong');
    await form.getByRole('button', { name: /有问题/ }).click();
    await page.locator('.tag', { hasText: '有异议' }).waitFor();
    const way = page.getByRole('link', { name: /看进展和答复/ });
    await way.waitFor();
    await axeOn(page, 'citizen: an order in dispute');
    const [[request, number, state]] = house.sql(
      `SELECT id, number, state FROM request WHERE care_order = ${order} ORDER BY id DESC`);
    check(['open', 'routed'].includes(state), `a new request, ${state}`);
    check((await way.innerText()).includes(number), 'by its number');

    const office = await desk('district');
    await open(office, `/requests?open=${request}`);
    const detail = office.locator('.detail');
    await detail.getByText(WRONG).waitFor();
    await detail.getByRole('link', { name: /^\d{4}-/ }).first().waitFor();      // the order
    await axeOn(office, 'console: a request of an order');
    await detail.getByLabel(/诉求人看到的就是这段话/).fill(ANSWER);
    await office.keyboard.press('Control+Enter');
    await until('it is answered', () =>
      house.sql(`SELECT state FROM request WHERE id = ${request}`)[0][0] === 'replied');
    same(office.faults, [], 'faults of the office’s page');
    await office.context().close();

    await page.reload();
    await page.getByRole('link', { name: /看进展和答复/ }).click();
    await page.getByText(ANSWER).waitFor();
    await page.getByRole('button', { name: '解决了' }).click();
    await page.getByLabel('满意', { exact: true }).check();
    await page.locator('form button[type=submit]').click();
    await page.locator('.tag', { hasText: '已办结' }).waitFor();
    await axeOn(page, 'citizen: what I said, solved');
    await page.getByRole('link', { name: '看这一单' }).click();
    await page.locator('.tag', { hasText: /已确认|已完成/ }).waitFor();
    same(house.sql(`SELECT solved, satisfied FROM request WHERE id = ${request}`)[0], ['yes', 'yes'], 'rated');
    same(house.sql(`SELECT state FROM care_order WHERE id = ${order}`)[0][0], 'confirmed', 'the dispute is over');
    same(page.faults, [], 'faults of the page');
    await page.context().close();
  });
}

/** Called off an hour before: the fee is kept, the rest goes back, and she reads it. */
export async function refunded({ house, person, desk, open, axeOn }) {
  const manager = await staff(house, 'manager');
  const who = await citizen(house, newPhone());
  const { companion } = await offersOf(manager, manager.me.org);
  const slot = (await timesOf(who, companion, { days: 14 })).at(-1);
  const { order } = await who.write('/api/order', orderFor(companion, slot));
  await mustAct(manager, 'care_order', order.id, 'accept');
  await mustAct(manager, 'care_order', order.id, 'pay', {});
  await house.restart(moment(slot.day, slot.start_min - 60));
  const { cancel_fee_now: fee } = await who.read(`/api/my/orders/${order.id}`);
  check(fee > 0 && fee < order.own_pay, `a fee of ${fee} of ${order.own_pay}`);
  const mine = await person({ as: who });
  await mine.goto(`${house.base}/order/${order.id}`);
  await mine.getByRole('button', { name: '取消订单' }).click();
  const form = mine.locator('form.card');
  await form.locator('.note.watch').filter({ hasText: (fee / 100).toFixed(2) }).waitFor();   // the rule, before
  await form.getByRole('textbox').fill('老人住院了');
  await form.getByRole('button', { name: /取消订单/ }).click();
  await mine.getByText(`还会退给您 ¥${((order.own_pay - fee) / 100).toFixed(2)}`).waitFor();
  await axeOn(mine, 'citizen: an order called off');

  const page = await desk('manager');
  await open(page, `/list/care_order?open=${order.id}`);
  await page.getByRole('tab', { name: '收款与发票', exact: true }).click();
  const refund = page.locator('form').filter({ has: page.getByRole('heading', { name: '退款' }) });
  await refund.waitFor();
  await page.getByText(`取消费 ¥${(fee / 100).toFixed(2)}`).waitFor();
  await refund.getByLabel('原因').fill('住院取消');
  await refund.getByLabel('金额').fill('二十');                    // no sum is not the whole sum
  await refund.getByRole('button', { name: '退款' }).click();
  await refund.getByRole('alert').filter({ hasText: '金额请写成' }).waitFor();
  await refund.getByLabel('金额').fill((order.own_pay / 100).toFixed(2));
  await refund.getByRole('button', { name: '退款' }).click();
  await refund.getByRole('alert').filter({ hasText: `最多可退 ¥${((order.own_pay - fee) / 100).toFixed(2)}` }).waitFor();
  await axeOn(page, 'console: more than may be given back');
  same(await refund.getByLabel('原因').inputValue(), '住院取消', 'what was typed stays');
  await refund.getByLabel('金额').fill('');
  await refund.getByRole('button', { name: '退款' }).click();
  await refund.waitFor({ state: 'detached' });
  await axeOn(page, 'console: given back');
  same(house.sql(`SELECT SUM(amount), COUNT(*) FROM payment WHERE care_order = ${order.id}`)[0],
    [String(fee), '2'], 'the fee is kept');
  same(page.faults, [], 'faults of the page');
  await page.context().close();

  await mine.reload();
  await mine.getByText('住院取消').waitFor();
  await mine.getByRole('button', { name: '申请发票' }).click();
  await mine.getByRole('button', { name: '申请', exact: true }).click();
  await mine.getByText('请填写发票抬头').waitFor();
  await mine.getByLabel('发票抬头').fill('周桂芬');
  await axeOn(mine, 'citizen: asking for an invoice');
  await mine.getByRole('button', { name: '申请', exact: true }).click();
  await mine.getByText(/已申请，等机构开具/).waitFor();
  same(house.sql(`SELECT amount FROM invoice WHERE care_order = ${order.id}`)[0][0], String(fee), 'of what was kept');
  same(mine.faults, [], 'faults of her page');
  await mine.context().close();
}
