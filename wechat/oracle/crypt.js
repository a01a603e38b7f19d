'use strict';

// Lets npm's wechat-crypto judge the webhook's crypto. Reads one JSON request per line and answers one JSON
// line each:
//
//   {"op":"encrypt","token","key","appid","text","timestamp","nonce"} → {"encrypt","signature"}
//   {"op":"decrypt","token","key","appid","encrypt","timestamp","nonce"} → {"text","appid","signature"}

const readline = require('readline');
const WXBizMsgCrypt = require('wechat-crypto');

function answer(r) {
  const crypt = new WXBizMsgCrypt(r.token, r.key, r.appid);
  if (r.op === 'encrypt') {
    const encrypt = crypt.encrypt(r.text);
    return { encrypt, signature: crypt.getSignature(r.timestamp, r.nonce, encrypt) };
  }
  const { message, id } = crypt.decrypt(r.encrypt);
  return { text: message, appid: id, signature: crypt.getSignature(r.timestamp, r.nonce, r.encrypt) };
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  let out;
  try {
    out = answer(JSON.parse(line));
  } catch (err) {
    out = { error: String(err) };
  }
  process.stdout.write(`${JSON.stringify(out)}\n`);
});
