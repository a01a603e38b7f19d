'use strict';

// Plays an app that is not ours (npm's co-wechat-api) against a WeChat API, which is the simulator's judge:
//
//   node conformance.js <baseURL> <appid> <secret> <openid>
//
// baseURL is what WECHAT_API_BASE would be: /cgi-bin/… follows it. The person must follow the account and
// have written to it just now. The account needs one template at least.
// Prints one JSON line per step, {"step","ok",…}. Exit 0: every step ok. 1: some step failed. 2: usage.

const API = require('co-wechat-api');

const [baseURL, appid, secret, openid] = process.argv.slice(2);
if (!openid) {
  console.error('usage: node conformance.js <baseURL> <appid> <secret> <openid>');
  process.exit(2);
}
const base = baseURL.replace(/\/+$/, '');

const api = new API(appid, secret);
api.prefix = `${base}/cgi-bin/`;
api.snsPrefix = `${base}/sns/`;
api.mpPrefix = `${base}/cgi-bin/`;
api.wxaPrefix = `${base}/wxa/`;
api.fileServerPrefix = `${base}/cgi-bin/`;
api.customservicePrefix = `${base}/customservice/`;

let failed = 0;

async function step(name, act) {
  try {
    console.log(JSON.stringify({ step: name, ok: true, ...await act() }));
  } catch (err) {
    failed++;
    console.log(JSON.stringify({ step: name, ok: false, code: err.code, error: String(err.message).replace(secret, '***') }));
  }
}

function want(condition, what) {
  if (!condition) {
    throw new Error(`expected ${what}`);
  }
}

// refused returns the code with which act is refused, and fails if it is not.
async function refused(act) {
  try {
    await act();
  } catch (err) {
    want(err.name === 'WeChatAPIError' && err.code, `an errcode, got ${err.message}`);
    return err;
  }
  throw new Error('expected a refusal');
}

// A value for each kind of template field, by the letters of its key.
const values = {
  thing: '三号楼路灯', short_thing: '路灯', const: '待回应', phrase: '待回应', character_string: 'A-001', number: '12',
  letter: 'ab', symbol: '-', name: '王某', time: '2026年11月21日 15:01', date: '2026年11月21日', amount: '¥12.5',
  phone_number: '021-12345678', car_number: '沪A12345',
};

function dataOf(content) {
  const keys = [...content.matchAll(/\{\{(\w+)\.DATA\}\}/g)].map((m) => m[1]);
  want(keys.length > 0, `{{key.DATA}} in ${JSON.stringify(content)}`);
  return Object.fromEntries(keys.map((key) => [key, { value: values[key.replace(/\d+$/, '')] || '无' }]));
}

const menu = {
  button: [
    { name: '我的', sub_button: [{ type: 'view', name: '议题', url: 'https://jushou.example/?a=1&b=2' }] },
    { type: 'click', name: '帮助', key: 'HELP' },
  ],
};

async function main() {
  await step('token', async () => {
    const token = await api.getAccessToken();
    want(token.accessToken && token.isValid(), 'a valid token');
  });
  await step('token_wrong_secret', async () => {
    const other = new API(appid, `${secret}x`);
    other.prefix = api.prefix;
    const err = await refused(() => other.getAccessToken());
    want([40125, 40001].includes(err.code), `40125 or 40001, got ${err.code}`);
    return { code: err.code };
  });

  let template;
  let data;
  await step('template_list', async () => {
    const { template_list: list } = await api.getAllPrivateTemplate();
    want(Array.isArray(list) && list.length > 0, 'a template');
    template = list[0].template_id;
    data = dataOf(list[0].content);
    return { templates: list.length };
  });
  await step('template_send', async () => {
    const sent = await api.sendTemplate(openid, template, 'https://jushou.example/t/1?a=1&b=2', '', data, {});
    want(sent.errcode === 0 && sent.msgid, 'a msgid');
    return { msgid: String(sent.msgid) };
  });
  await step('template_send_unknown_template', async () => {
    const err = await refused(() => api.sendTemplate(openid, 'no-such-template', '', '', data, {}));
    want(err.code === 40037, `40037, got ${err.code}`);
  });
  await step('template_send_unknown_person', async () => {
    const err = await refused(() => api.sendTemplate('oNobody', template, '', '', data, {}));
    want([40003, 43004].includes(err.code), `40003 or 43004, got ${err.code}`);
    return { code: err.code };
  });
  await step('template_send_broken_value', async () => {
    const key = Object.keys(data).find((k) => k.startsWith('thing'));
    want(key, 'a thing field in the first template');
    const broken = { ...data, [key]: { value: '字'.repeat(21) } };
    const err = await refused(() => api.sendTemplate(openid, template, '', '', broken, {}));
    want(err.code === 47003 && err.message.includes(`data.${key}.value`), `47003 naming ${key}, got ${err.code} ${err.message}`);
  });

  await step('custom_send', async () => {
    const sent = await api.sendText(openid, '收到了 <a href="https://jushou.example/?a=1&b=2">看看</a>');
    want(sent.errcode === 0, 'errcode 0');
  });
  await step('qrcode_temporary', async () => {
    const qr = await api.createTmpQRCode('building|1|00000000', 60);
    want(qr.ticket && qr.expire_seconds === 60 && qr.url, 'ticket, expire_seconds and url');
  });
  await step('qrcode_permanent', async () => {
    const qr = await api.createLimitQRCode('building|1|00000000');
    want(qr.ticket && qr.url && !qr.expire_seconds, 'ticket and url, no expiry');
  });
  await step('menu', async () => {
    await api.createMenu(menu);
    const got = await api.getMenu();
    want(got.menu.button[0].sub_button[0].url === menu.button[0].sub_button[0].url, 'the url back');
    want(got.menu.button[1].key === 'HELP', 'the key back');
  });
  await step('jsapi_ticket', async () => {
    const ticket = await api.getTicket('jsapi');
    want(ticket.ticket && ticket.isValid(), 'a ticket');
    const again = await api.getTicket('jsapi');
    want(again.ticket === ticket.ticket, 'the same ticket while it lives');
  });
  await step('user_info', async () => {
    const user = await api.getUser(openid);
    want(user.openid === openid && user.subscribe === 1, 'a follower');
    want(!user.nickname, 'no nickname: the platform stopped telling it');
  });
  await step('token_replaced_after_40001', async () => {
    await api.saveToken(new API.AccessToken('not-a-token', Date.now() + 3600 * 1000));
    const user = await api.getUser(openid);
    const { accessToken } = await api.getToken();
    want(user.openid === openid && accessToken !== 'not-a-token', 'a fresh token and an answer');
  });
}

main().then(() => { process.exitCode = failed === 0 ? 0 : 1; });
