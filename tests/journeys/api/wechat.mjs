// wechat.mjs - binding one's WeChat by its web authorisation, and what comes when WeChat refuses.

import http from 'node:http';
import { check, same, status, test, until } from '../harness.mjs';
import { citizen, mustAct, newPhone, staff } from '../client.mjs';
import { offersOf, orderFor, timesOf } from '../scene.mjs';

/** WeChat as far as we speak to it: exchanges a code once, takes messages unless she does not follow. */
export async function fakeWechat() {
  const codes = new Map(), of = { asked: [], sent: [], following: new Set() };
  const server = http.createServer(async (q, s) => {
    const url = new URL(q.url, 'http://wechat');
    let body = '';
    for await (const part of q) body += part;
    const say = (answer) => s.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    if (url.pathname === '/connect/oauth2/authorize') {          // she is sent back with a code
      const back = new URL(url.searchParams.get('redirect_uri'));
      back.searchParams.set('code', of.code('o-browser'));
      back.searchParams.set('state', url.searchParams.get('state'));
      return s.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname === '/sns/oauth2/access_token') {
      of.asked.push(Object.fromEntries(url.searchParams));
      const openid = codes.get(url.searchParams.get('code'));
      codes.delete(url.searchParams.get('code'));
      return say(openid ? { access_token: 'x', expires_in: 7200, openid, scope: 'snsapi_base' }
        : { errcode: 40029, errmsg: 'invalid code' });
    }
    const { touser } = JSON.parse(body);
    of.sent.push(touser);
    return say(of.following.has(touser) ? { errcode: 0, msgid: of.sent.length }
      : { errcode: 43004, errmsg: 'require subscribe' });
  });
  await new Promise((go) => server.listen(0, '127.0.0.1', go));
  of.base = `http://127.0.0.1:${server.address().port}`;
  of.code = (openid) => {
    const code = `code${codes.size}-${Math.random().toString(36).slice(2)}`;
    codes.set(code, openid);
    return code;
  };
  of.close = () => { server.closeAllConnections?.(); server.close(); };
  return of;
}

/** The administrator's row for it, in use; `stop` ends its use. */
export async function wechatGateway(house, wechat) {
  const admin = await staff(house, 'sysadmin');
  const row = await admin.write('/api/message_channel', { name: '市公众号', way: 'wechat', adapter: 'http',
    url: `${wechat.base}/send`, body: '{"touser":"{to}","text":"{text}","id":"{once}"}', form: 'json',
    login: 'wx990001', secret: 'wechat-app-secret', ok_path: 'errcode', ok_value: '0', id_path: 'msgid',
    why_path: 'errcode', authorise_url: `${wechat.base}/connect/oauth2/authorize?appid={login}`
      + '&redirect_uri={back}&response_type=code&scope=snsapi_base&state={state}#wechat_redirect',
    openid_url: `${wechat.base}/sns/oauth2/access_token?appid={login}&secret={secret}&code={code}`
      + '&grant_type=authorization_code' });
  await mustAct(admin, 'message_channel', row.id, 'use');
  return () => mustAct(admin, 'message_channel', row.id, 'stop', { reason: '试验结束' });
}

export async function wechat(house) {
  const mine = (who) => who.read('/api/my/wechat');
  const begin = async (who) => new URL((await who.write('/api/my/wechat')).url);
  const stateOf = (url) => url.searchParams.get('state');
  const come = (who, code, state) => who.post('/api/my/wechat/code', { code, state });
  const phone = newPhone(), who = await citizen(house, phone), other = await citizen(house, newPhone());
  same([(await mine(who)).offered, (await who.post('/api/my/wechat')).status], [false, 409], 'no gateway');
  const fake = await fakeWechat(), stop = await wechatGateway(house, fake);
  try {
    await test('a WeChat is bound by her own browser, with a good code, once', async () => {
      const url = await begin(who);
      same([url.origin, url.searchParams.get('appid'), url.hash],
        [fake.base, 'wx990001', '#wechat_redirect'], 'where to');
      check(new URL(url.searchParams.get('redirect_uri')).pathname === '/me/messages', url.href);
      check(!url.href.includes('wechat-app-secret'), 'no secret');
      status(await come(other, fake.code('o-other'), stateOf(url)), 409);      // somebody else's state
      status(await come(who, fake.code('o-mine'), 'deadbeef'), 409);
      status(await come(who, 'never-given', stateOf(url)), 200);               // a bad code
      await until('it is refused', async () => (await mine(who)).state === 'refused');
      check((await mine(who)).why.includes('40029'), 'and says why');
      status(await come(who, fake.code('o-mine'), stateOf(url)), 409);         // the state was used
      status(await come(who, fake.code('o-mine'), stateOf(await begin(who))), 200);
      await until('it is bound', async () => (await mine(who)).bound);
      check(!JSON.stringify(await mine(who)).includes('o-mine'), 'the open id is never shown');
      same(fake.asked.map((a) => a.secret), ['wechat-app-secret', 'wechat-app-secret'], 'asked twice, no more');
      same((await mine(other)).bound, false, 'hers alone');
    });

    await test('she hears by WeChat; who does not follow hears by SMS, and both read which', async () => {
      const manager = await staff(house, 'manager'), offers = await offersOf(manager, manager.me.org);
      status(await who.ask('PUT', '/api/my/message_choice', { quiet_from: 0, quiet_to: 0 }), 200);
      const decline = async () => {
        const slot = (await timesOf(who, offers.walk, { days: 14 })).at(-1);
        const { order } = await who.write('/api/order', orderFor(offers.walk, slot));
        await mustAct(manager, 'care_order', order.id, 'decline', { reason: '人手不足' });
        const told = async () => (await who.read('/api/my/messages')).messages
          .find((m) => m.care_order === order.id && m.kind === 'order.cancelled' && m.state === 'sent');
        return until('it is sent', told);
      };
      fake.following.add('o-mine');
      const first = await decline();
      same([first.way, first.instead], ['wechat', undefined], 'by WeChat');
      fake.following.delete('o-mine');
      const second = await decline();
      same([second.way, second.instead.includes('43004')], ['sms', true], 'by SMS, with why');
      same(fake.sent, ['o-mine', 'o-mine'], 'each asked once');
      const sms = await until('the SMS', () => house.messages('order.cancelled', phone)[0]);
      check(sms.values.link.includes('/told/'), 'with its link');
      same([(await who.write('/api/my/wechat/unbind')).bound, (await mine(who)).bound], [false, false], 'unbound');
    });

    await test('staff bind theirs too, and are sent back to their own face', async () => {
      const manager = await staff(house, 'manager'), carer = await staff(house, 'carer');
      for (const [one, face, openid] of [[manager, '/console/', 'o-manager'], [carer, '/carer/', 'o-carer']]) {
        const url = await begin(one);
        same(new URL(url.searchParams.get('redirect_uri')).pathname, face, 'back to her face');
        status(await come(who, fake.code('o-thief'), stateOf(url)), 409);        // a citizen with her mark
        status(await come(one, fake.code(openid), stateOf(url)), 200);
        await until('it is bound', async () => (await mine(one)).bound);
        same((await one.write('/api/my/wechat/unbind')).bound, false, 'unbound');
      }
      status(await house.visitor().get('/api/my/wechat'), 401);
    });
  } finally {
    await stop();
    fake.close();
  }
}
