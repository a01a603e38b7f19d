// A ballot's receipt belongs to the voter's device: it draws r_d here, sends only t = SHA-256(r_d), and keeps r_d in localStorage.
// Without a script, or where the browser has no SubtleCrypto, the server draws r_d and shows it on the receipt.
const prefix = 'receipt:';

const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');

function store(key, value) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch (e) {
    // A full or forbidden store: the receipt page still shows its number.
  }
}

function load(key) {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) || 'null');
  } catch (e) {
    return null;
  }
}

// draw puts t into the form in place of what the server drew, once r_d is kept.
async function draw(form) {
  if (!window.crypto || !crypto.subtle) return;
  const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
  const tag = hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(nonce)));
  store('drawn:' + tag, nonce);
  if (load('drawn:' + tag) !== nonce) return;
  form.elements.tag.value = tag;
  form.elements.nonce.value = '';
}

// keep files the receipt under its poll, with the r_d that this device drew for it.
function keep(card) {
  const receipt = card.dataset.receipt;
  const tag = card.dataset.tag;
  const drawn = load('drawn:' + tag);
  const held = load(receipt);
  const nonce = card.dataset.nonce || drawn || (held && held.tag === tag && held.nonce) || '';
  const promise = document.querySelector('[data-receipt-promise]');
  store(receipt, {
    poll: receipt,
    promise: promise ? promise.textContent : '',
    question: card.dataset.question,
    tag: tag,
    commit: card.dataset.commit,
    at: card.dataset.at,
    nonce: nonce,
  });
  try {
    localStorage.removeItem(prefix + 'drawn:' + tag);
  } catch (e) {
    // Nothing was kept.
  }
  const shown = card.querySelector('[data-receipt-nonce]');
  if (shown && nonce) shown.textContent = nonce;
}

function line(list, name, value) {
  const dt = document.createElement('dt');
  const dd = document.createElement('dd');
  dt.textContent = name;
  dd.textContent = value;
  dd.className = 'hash';
  list.append(dt, dd);
}

// list shows the receipts that this device holds.
function list(place) {
  const keys = Object.keys(localStorage).filter((k) => k.startsWith(prefix) && !k.startsWith(prefix + 'drawn:'));
  if (keys.length === 0) return;
  const head = document.createElement('h2');
  head.className = 'section';
  head.textContent = place.dataset.title;
  place.append(head);
  for (const key of keys.sort().reverse()) {
    const r = load(key.slice(prefix.length));
    if (!r || !r.commit) continue;
    const card = document.createElement('section');
    const name = document.createElement('p');
    const codes = document.createElement('dl');
    const check = document.createElement('a');
    card.className = 'card';
    codes.className = 'poll-codes';
    name.textContent = r.question;
    line(codes, place.dataset.number, r.commit);
    line(codes, place.dataset.key, r.nonce);
    check.href = '/open/polls/' + encodeURIComponent(r.poll) + '/check';
    check.textContent = place.dataset.check;
    card.append(name, codes, check);
    place.append(card);
  }
}

export function keepReceipts() {
  for (const form of document.querySelectorAll('form[data-ballot]')) draw(form);
  for (const card of document.querySelectorAll('[data-receipt]')) keep(card);
  for (const place of document.querySelectorAll('[data-receipts]')) {
    try {
      list(place);
    } catch (e) {
      // Storage is forbidden here: there is nothing to list.
    }
  }
}
