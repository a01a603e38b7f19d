// Checks one ballot's receipt in your own browser, from what the house publishes: nothing here asks the house whether all is well.
// This file is served as it is written, with its comments, so that it can be read before it is believed. It uses no library; SHA-256
// and SHA-512 are the browser's own, signatures (Ed25519, RFC 8032) are checked by the short piece at the end.
//
// What it looks into, each a line on the page:
//   promise   the receipt is signed by the house, with the key that the charter's page shows
//   charter   question, options and rule are those whose hash was entered in the public log at the opening
//   tag       the secret that this device drew belongs to the receipt
//   released  the receipt's number is on a published page, and the log has the Merkle root of that page
//   ballot    the published ballot with that number opens it, and has this device's tag
//   included  the log's entries about all this are in the tree that the log signed (RFC 6962)
//   signed    the log's key signed that tree, the key that this device saw first
//   grown     the tree begins with the tree that this device saw last
'use strict';
{
  const utf8 = (text) => new TextEncoder().encode(text);
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  const base64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const join = (...parts) => Uint8Array.from(parts.flatMap((p) => Array.from(p)));
  const same = (a, b) => hex(a) === hex(b);
  const hashOf = async (text) => hex(await sha256(utf8(text)));

  // ---- The Merkle tree of RFC 6962 ----

  const leaf = (bytes) => sha256(join([0], bytes));
  const node = (left, right) => sha256(join([1], left, right));

  // rootOver is the root over leaves: the left part is the largest power of two that leaves something for the right.
  async function rootOver(leaves) {
    if (leaves.length === 1) return leaves[0];
    let left = 1;
    while (left * 2 < leaves.length) left *= 2;
    return node(await rootOver(leaves.slice(0, left)), await rootOver(leaves.slice(left)));
  }

  const odd = (n) => n % 2 === 1;
  const half = (n) => Math.floor(n / 2);

  // included says whether a leaf is number index of the tree of size with that root (RFC 9162, 2.1.3.2).
  async function included(start, index, size, path, root) {
    let at = index;
    let last = size - 1;
    let hash = start;
    for (const other of path) {
      if (last === 0) return false;
      if (odd(at) || at === last) {
        hash = await node(other, hash);
        while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
      } else {
        hash = await node(hash, other);
      }
      [at, last] = [half(at), half(last)];
    }
    return last === 0 && same(hash, root);
  }

  // grown says whether the newer tree begins with the older one (RFC 9162, 2.1.4.2).
  async function grown(older, newer, path) {
    if (older.size === newer.size) return path.length === 0 && same(older.root, newer.root);
    if (older.size > newer.size || older.size < 1) return false;
    const steps = Number.isInteger(Math.log2(older.size)) ? [older.root, ...path] : [...path];
    if (steps.length === 0) return false;
    let at = older.size - 1;
    let last = newer.size - 1;
    while (odd(at)) [at, last] = [half(at), half(last)];
    let before = steps[0];
    let after = steps[0];
    for (const other of steps.slice(1)) {
      if (last === 0) return false;
      if (odd(at) || at === last) {
        before = await node(other, before);
        after = await node(other, after);
        while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
      } else {
        after = await node(after, other);
      }
      [at, last] = [half(at), half(last)];
    }
    return last === 0 && same(before, older.root) && same(after, newer.root);
  }

  // ---- Signed notes (c2sp.org/signed-note) ----

  // keyOf reads "name+id+base64" and checks that the id belongs to name and key.
  async function keyOf(text) {
    const [name, id, ...rest] = text.trim().split('+');
    const raw = base64(rest.join('+'));
    const want = hex((await sha256(join(utf8(name), utf8('\n'), raw))).slice(0, 4));
    if (raw.length !== 33 || raw[0] !== 1 || want !== id) throw new Error('key ' + text);
    return { name, id: want, point: raw.slice(1), text: text.trim() };
  }

  // opened returns the text of a note if the key signed it, and null if not.
  async function opened(note, key) {
    const end = note.lastIndexOf('\n\n');
    if (end < 0) return null;
    const text = note.slice(0, end + 1);
    for (const line of note.slice(end + 2).split('\n')) {
      const [dash, name, signature] = line.split(' ');
      if (dash !== '\u2014' || name !== key.name || !signature) continue;
      const raw = base64(signature);
      if (raw.length === 68 && hex(raw.slice(0, 4)) === key.id && (await signedBy(key.point, utf8(text), raw.slice(4)))) return text;
    }
    return null;
  }

  // treeOf reads a checkpoint: name, size, root (c2sp.org/tlog-checkpoint). It is null if the key did not sign it.
  async function treeOf(note, key) {
    const text = await opened(note, key);
    if (text === null) return null;
    const [name, size, root] = text.split('\n');
    if (name !== key.name) return null;
    return { size: Number(size), root: base64(root), note };
  }

  // ---- What is published ----

  async function fetched(address) {
    const answer = await fetch(address, { credentials: 'omit', cache: 'no-store' });
    if (!answer.ok) throw new Error(address + ': ' + answer.status);
    return answer;
  }
  const json = async (address) => (await fetched(address)).json();
  const words = async (address) => (await fetched(address)).text();

  // commitPage finds the page on which a number must be: they rise over all pages.
  async function commitPage(base, pages, commit) {
    let low = 0;
    let high = pages - 1;
    while (low <= high) {
      const n = half(low + high);
      const list = (await json(base + '/commits/' + n)).commits;
      if (commit < list[0]) high = n - 1;
      else if (commit > list[list.length - 1]) low = n + 1;
      else return { n, list, has: list.includes(commit) };
    }
    return null;
  }

  async function lineOf(base, pages, commit) {
    let low = 0;
    let high = pages - 1;
    while (low <= high) {
      const n = half(low + high);
      const list = (await json(base + '/ballots/' + n)).lines;
      if (commit < list[0].commit) high = n - 1;
      else if (commit > list[list.length - 1].commit) low = n + 1;
      else return list.find((l) => l.commit === commit) || null;
    }
    return null;
  }

  // entryOf fetches an entry and its proof, and checks the proof against the tree that comes with it.
  async function entryOf(index, key) {
    const proof = await json('/api/v1/open/log/entries/' + index);
    const tree = await treeOf(proof.checkpoint.note, key);
    const holds = tree !== null && (await included(await leaf(utf8(proof.entry.body)), index, tree.size, proof.hashes.map(base64), tree.root));
    return { entry: JSON.parse(proof.entry.body), tree, holds };
  }

  // ---- The receipt ----

  const kept = (name) => {
    try {
      return JSON.parse(localStorage.getItem(name) || 'null');
    } catch (e) {
      return null; // no store, or not ours
    }
  };
  const keep = (name, value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch (e) {
      // Without a store the next check has nothing to compare with; this one holds all the same.
    }
  };

  // receiptOf reads what was pasted: a number, or the whole signed receipt. What this device keeps of the same ballot is added.
  function receiptOf(poll, pasted) {
    const text = pasted.replace(/\r/g, '').trim();
    const held = kept('receipt:' + poll);
    const found = /^commit ([0-9a-f]{64})$/m.exec(text) || /^([0-9a-f]{64})$/.exec(text.toLowerCase());
    if (text === '') return held;
    if (!found) return null;
    const receipt = held && held.commit === found[1] ? { ...held } : { commit: found[1] };
    if (text.startsWith('jushou ballot promise')) receipt.promise = text + '\n';
    return receipt;
  }

  // check runs every step. tell(step, verdict, detail): verdict is true, false, or null where there is nothing to look into.
  async function check(base, poll, receipt, tell) {
    const file = await json(base + '/charter');
    const charter = await hashOf(file.charter);
    let promised = null;
    if (receipt.promise) {
      const text = await opened(receipt.promise, await keyOf(file.receipt_verifier));
      promised = text && text.split('\n');
      tell('promise', !!promised && promised[0] === 'jushou ballot promise v1' && promised[1] === 'poll ' + poll && promised[3] === 'commit ' + receipt.commit);
    } else {
      tell('promise', null);
    }
    if (receipt.nonce && receipt.tag) tell('tag', (await hashOf(receipt.nonce)) === receipt.tag);
    else tell('tag', null);

    const page = await commitPage(base, file.commit_pages, receipt.commit);
    const listed = !!page && page.has;
    const line = listed ? await lineOf(base, file.ballot_pages, receipt.commit) : null;
    if (line) {
      const opens = await hashOf(['jushou ballot v1', charter, line.choice, line.t, line.s, ''].join('\n'));
      tell('ballot', opens === receipt.commit && (!receipt.tag || receipt.tag === line.t), line.choice);
    } else {
      tell('ballot', listed ? null : false);
    }

    const key = await keyOf(await words('/open/log/key'));
    const first = kept('log:key');
    const places = await json(base + '/entries/' + (listed ? page.n : 0));
    const about = [await entryOf(places.opened, key), await entryOf(places.released, key), await entryOf(places.published, key)];
    const [opening, release, result] = about.map((a) => a.entry);
    const ours = (e, act) => e.act === act && e.of === 'poll/' + poll;
    tell('charter', ours(opening, 'poll.opened') && opening.facts.hash === charter && ours(result, 'poll.published') &&
      result.facts.hash === (await hashOf(file.result)) && (!promised || promised[2] === 'charter ' + charter));
    tell('released', listed && ours(release, 'poll.released') && (release.facts.page || 0) === page.n && release.facts.count === page.list.length &&
      release.facts.root === hex(await rootOver(await Promise.all(page.list.map((c) => leaf(utf8(c)))))));
    tell('included', about.every((a) => a.holds));
    tell('signed', about.every((a) => a.tree !== null) && (!first || first === key.text));
    if (!about.every((a) => a.tree !== null)) return;
    const newest = about.map((a) => a.tree).reduce((a, b) => (b.size > a.size ? b : a));
    const last = kept('log:tree');
    if (!last) {
      tell('grown', null);
    } else {
      const before = await treeOf(last.note, key);
      const proof = before && before.size <= newest.size ? await json('/api/v1/open/log/growth/' + before.size) : null;
      const now = proof && (await treeOf(proof.checkpoint.note, key));
      const holds = !!now && (await grown(before, now, proof.hashes.map(base64)));
      tell('grown', holds);
      if (!holds) return; // what this device has seen stays: it is the proof
    }
    keep('log:key', key.text);
    keep('log:tree', { note: newest.note });
  }

  // ---- Ed25519, checking only (RFC 8032, 5.1.7) ----

  const P = 2n ** 255n - 19n;
  const L = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (a, m = P) => ((a % m) + m) % m;

  function power(base, exponent) {
    let result = 1n;
    for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b)) if (e & 1n) result = mod(result * b);
    return result;
  }
  const inverse = (a) => power(a, P - 2n);
  const D = mod(-121665n * inverse(121666n));
  const rootOfMinusOne = power(2n, (P - 1n) / 4n);
  const number = (bytes) => bytes.reduceRight((n, b) => n * 256n + BigInt(b), 0n); // the smallest byte first

  // pointOf decodes a point; null if the bytes are none.
  function pointOf(bytes) {
    const sign = bytes[31] >> 7;
    const y = number(bytes) & (2n ** 255n - 1n);
    if (y >= P) return null;
    const u = mod(y * y - 1n);
    const v = mod(D * y * y + 1n);
    let x = mod(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n));
    if (mod(v * x * x) === mod(-u)) x = mod(x * rootOfMinusOne);
    if (mod(v * x * x) !== u || (x === 0n && sign === 1)) return null;
    if (Number(x & 1n) !== sign) x = mod(-x);
    return [x, y, 1n, mod(x * y)];
  }

  function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = mod((y1 - x1) * (y2 - x2));
    const b = mod((y1 + x1) * (y2 + x2));
    const c = mod(2n * t1 * t2 * D);
    const d = mod(2n * z1 * z2);
    const [e, f, g, h] = [b - a, d - c, d + c, b + a];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }

  function times(n, point) {
    let result = [0n, 1n, 1n, 0n];
    for (let p = point, e = n; e > 0n; e >>= 1n, p = add(p, p)) if (e & 1n) result = add(result, p);
    return result;
  }

  const base = pointOf(Uint8Array.from([0x58, ...Array(31).fill(0x66)]));

  async function signedBy(key, message, signature) {
    const a = pointOf(key);
    const r = pointOf(signature.slice(0, 32));
    const s = number(signature.slice(32));
    if (!a || !r || s >= L) return false;
    const k = mod(number(new Uint8Array(await crypto.subtle.digest('SHA-512', join(signature.slice(0, 32), key, message)))), L);
    const [x1, y1, z1] = times(s, base);
    const [x2, y2, z2] = add(r, times(k, a));
    return mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n;
  }

  // ---- The page: words are in its HTML, this only marks them ----

  function prepare(card) {
    const poll = card.dataset.verify;
    const field = card.querySelector('textarea');
    const outcome = card.querySelector('[data-outcome]');
    const button = card.querySelector('button');
    const steps = [...card.querySelectorAll('[data-step]')];
    const held = kept('receipt:' + poll);
    if (held && held.commit) field.value = held.promise || held.commit;
    card.hidden = false;
    button.addEventListener('click', async () => {
      const receipt = receiptOf(poll, field.value);
      for (const s of steps) s.removeAttribute('data-verdict');
      outcome.removeAttribute('data-verdict');
      card.querySelector('ol').hidden = false;
      if (!receipt || !receipt.commit) {
        outcome.textContent = outcome.dataset.unread;
        return;
      }
      outcome.textContent = outcome.dataset.working;
      button.disabled = true;
      const verdicts = {};
      try {
        await check('/open/polls/' + poll, poll, receipt, (step, verdict, detail) => {
          verdicts[step] = verdict;
          const line = steps.find((s) => s.dataset.step === step);
          line.dataset.verdict = verdict === null ? 'none' : verdict ? 'good' : 'bad';
          line.querySelector('[data-says]').textContent = verdict === null ? line.dataset.none : verdict ? line.dataset.good : line.dataset.bad;
          const shown = line.querySelector('[data-detail]');
          if (shown) shown.textContent = detail || '';
        });
        const bad = Object.values(verdicts).includes(false);
        outcome.dataset.verdict = bad ? 'bad' : 'good';
        outcome.textContent = bad ? outcome.dataset.bad : outcome.dataset.good;
      } catch (e) {
        outcome.dataset.verdict = 'broken';
        outcome.textContent = outcome.dataset.broken;
        console.info('receipt not checked: ' + e.message);
      }
      button.disabled = false;
    });
  }

  for (const card of document.querySelectorAll('[data-verify]')) if (window.crypto && crypto.subtle) prepare(card);
}
