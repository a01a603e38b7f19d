// Keeps the phones, the log and the clock fresh, and sends forms without leaving the page.
(function () {
  'use strict';
  var base = document.body.dataset.base;
  var phones = document.body.dataset.phones.split(',').filter(Boolean);
  var toast = document.getElementById('toast'), clock = document.getElementById('clock'), rush = document.getElementById('rush');
  var skew = Date.parse(clock.dateTime) - Date.now(), tags = {}, hush;

  function tell(text) {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(hush);
    hush = setTimeout(function () { toast.hidden = true; }, 2200);
  }

  // The clock runs on between polls.
  var days = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
  function two(n) { return (n < 10 ? '0' : '') + n; }
  function tick() {
    var t = new Date(Date.now() + skew + 8 * 3600e3);
    clock.textContent = (t.getUTCMonth() + 1) + '月' + t.getUTCDate() + '日 ' + days[t.getUTCDay()] + ' ' + two(t.getUTCHours()) + ':' + two(t.getUTCMinutes()) + ':' + two(t.getUTCSeconds());
  }
  setInterval(tick, 500);

  function refresh(path, target, done) {
    var headers = tags[path] ? { 'If-None-Match': tags[path] } : {};
    return fetch(base + path, { headers: headers }).then(function (r) {
      if (r.headers.get('X-Now')) skew = Date.parse(r.headers.get('X-Now')) - Date.now();
      if (r.status !== 200) return;
      return r.text().then(function (html) {
        tags[path] = r.headers.get('ETag');
        target.innerHTML = html;
        done();
      });
    }, function () {});
  }
  function scrollDown(phone) {
    var chat = phone.querySelector('[data-chat]');
    if (chat) chat.scrollTop = chat.scrollHeight;
  }
  function pollPhone(id) {
    var phone = document.querySelector('[data-phone="' + id + '"]'), part = phone.querySelector('[data-part]');
    if (part.querySelector('details[open]')) return Promise.resolve(); // a menu is open: do not pull it away
    var chat = part.querySelector('[data-chat]');
    var atEnd = !chat || chat.scrollHeight - chat.scrollTop - chat.clientHeight < 60, top = chat ? chat.scrollTop : 0;
    return refresh('/ui/phone/' + id + location.search, part, function () {
      if (atEnd) scrollDown(phone); else part.querySelector('[data-chat]').scrollTop = top;
    });
  }
  function poll() {
    return Promise.all(phones.map(pollPhone).concat(refresh('/ui/log', document.getElementById('log'), function () {})));
  }
  function loop() { (document.hidden ? Promise.resolve() : poll()).then(function () { setTimeout(loop, 1000); }); }

  function post(path, body) {
    return fetch(base + path, { method: 'POST', body: body, headers: { 'X-Requested-With': 'fetch' } }).then(function (r) {
      if (r.ok) return;
      return r.text().then(function (text) { throw new Error(text); });
    });
  }
  function closeMenus(except) {
    document.querySelectorAll('details[open]').forEach(function (d) { if (!except || !d.contains(except)) d.open = false; });
  }

  document.addEventListener('submit', function (e) {
    var form = e.target;
    if (!form.hasAttribute('data-quiet')) return;
    e.preventDefault();
    var pressed = e.submitter;
    if (pressed === rush) return threeDays();
    var data = new FormData(form);
    if (pressed && pressed.name) data.append(pressed.name, pressed.value);
    if (pressed && pressed.dataset.open) openWeb(form.querySelector('[name=who]').value, pressed.dataset.open);
    var text = form.querySelector('.text');
    if (text && !text.value.trim()) return;
    var scan = form.classList.contains('paste') && form.querySelector('[name=scene]').value.trim();
    if (scan && /^https?:/.test(scan) && !/weixin\.qq\.com/.test(scan)) { // a page's address, not a code of the account
      var at = new URL(scan), phone = form.closest('.phone');
      closeMenus();
      return openWeb(phone.dataset.phone, new URL(at.pathname + at.search, phone.dataset.root).href);
    }
    post(form.getAttribute('action').slice(base.length), data).then(function () {
      if (text) { text.value = ''; text.focus(); }
      closeMenus();
      return poll();
    }).catch(function (err) { tell(err.message); });
  });

  document.addEventListener('change', function (e) {
    var id = e.target.dataset.photo;
    if (!id || !e.target.files.length) return;
    var data = new FormData();
    data.append('who', id);
    data.append('kind', 'photo');
    data.append('photo', e.target.files[0]);
    e.target.value = '';
    post('/ui/act', data).then(poll).catch(function (err) { tell(err.message); });
  });

  function openWeb(id, href) {
    var phone = document.querySelector('[data-phone="' + id + '"]');
    if (!phone) return;
    phone.querySelector('.web').hidden = false;
    phone.querySelector('.web a').href = href;
    phone.querySelector('iframe').src = href;
  }
  function closeWeb(phone) {
    phone.querySelector('.web').hidden = true;
    phone.querySelector('iframe').src = 'about:blank';
  }
  document.addEventListener('click', function (e) {
    closeMenus(e.target);
    var link = e.target.closest('[data-web]');
    if (link && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      openWeb(link.dataset.web, link.href);
    }
    if (e.target.closest('.x')) closeWeb(e.target.closest('.phone'));
  });
  window.addEventListener('message', function (e) {
    if (!e.data || e.data.wxsim !== 'close') return;
    document.querySelectorAll('iframe').forEach(function (f) { if (f.contentWindow === e.source) closeWeb(f.closest('.phone')); });
  });

  // Three days, an hour a step, slow enough for the app's sweeps to keep up.
  function threeDays() {
    var steps = 72, done = 0, bar = rush.querySelector('i'), label = rush.querySelector('span');
    rush.disabled = true;
    (function step() {
      var data = new FormData();
      data.append('advance', '1h');
      data.append('quiet', '1'); // the answer waits until the app has caught up
      post('/ui/clock', data).then(function () {
        done++;
        bar.style.width = 100 * done / steps + '%';
        label.textContent = '第 ' + Math.ceil(done / 24) + ' 天';
        if (done % 3 === 0) poll();
        if (done < steps) return setTimeout(step, 10);
        rush.disabled = false;
        bar.style.width = 0;
        label.textContent = '三天快进';
        poll();
      }).catch(function (err) { rush.disabled = false; tell(err.message); });
    }());
  }

  document.querySelectorAll('.input .text').forEach(function (t) { t.placeholder = ' '; });
  document.querySelectorAll('[data-phone]').forEach(scrollDown);
  loop();
}());
