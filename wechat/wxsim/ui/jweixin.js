// The JS-SDK of the simulator: the calls the H5 makes, answered without a phone.
(function () {
  'use strict';
  var base = '__BASE__', readies = [], failures = [], verdict = null, pictures = {}, next = 1;

  function settle(msg) {
    verdict = msg;
    var list = msg === 'config:ok' ? readies : failures;
    list.splice(0).forEach(function (f) { f({ errMsg: msg }); });
  }
  function answer(options, name, result) {
    result = result || {};
    result.errMsg = name + ':ok';
    if (options.success) options.success(result);
    if (options.complete) options.complete(result);
  }
  function fail(options, name, why) {
    var result = { errMsg: name + ':' + why };
    if (options.fail) options.fail(result);
    if (options.complete) options.complete(result);
  }
  function guarded(name, f) {
    return function (options) {
      options = options || {};
      if (verdict !== 'config:ok') return fail(options, name, 'permission denied');
      f(options);
    };
  }

  var wx = {
    config: function (c) {
      fetch(base + '/__sim/jsconfig', {
        method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ url: location.href.split('#')[0], appId: c.appId, timestamp: c.timestamp, nonceStr: c.nonceStr, signature: c.signature })
      }).then(function (r) { return r.json(); }).then(function (r) { settle(r.errMsg); }, function () { settle('config:fail'); });
    },
    ready: function (f) { if (verdict === 'config:ok') f(); else readies.push(f); },
    error: function (f) { if (verdict && verdict !== 'config:ok') f({ errMsg: verdict }); else failures.push(f); },
    checkJsApi: function (o) {
      var has = {};
      (o.jsApiList || []).forEach(function (n) { has[n] = typeof wx[n] === 'function'; });
      answer(o, 'checkJsApi', { checkResult: has });
    }
  };
  wx.chooseImage = guarded('chooseImage', function (o) {
    var input = document.createElement('input');
    input.type = 'file';
    input.accept = 'image/*';
    input.multiple = (o.count || 9) > 1;
    input.addEventListener('change', function () {
      var ids = Array.prototype.slice.call(input.files, 0, o.count || 9).map(function (file) {
        var id = 'wxLocalResource://' + next++;
        pictures[id] = file;
        return id;
      });
      if (ids.length) answer(o, 'chooseImage', { localIds: ids, sourceType: 'album' }); else fail(o, 'chooseImage', 'cancel');
    });
    input.click();
  });
  wx.getLocalImgData = guarded('getLocalImgData', function (o) {
    var reader = new FileReader();
    if (!pictures[o.localId]) return fail(o, 'getLocalImgData', 'fail');
    reader.onload = function () { answer(o, 'getLocalImgData', { localData: reader.result }); };
    reader.readAsDataURL(pictures[o.localId]);
  });
  wx.uploadImage = guarded('uploadImage', function (o) {
    if (!pictures[o.localId]) return fail(o, 'uploadImage', 'fail');
    fetch(base + '/ui/media', { method: 'POST', body: pictures[o.localId] }).then(function (r) { return r.json(); })
      .then(function (r) { answer(o, 'uploadImage', { serverId: r.media_id }); }, function () { fail(o, 'uploadImage', 'fail'); });
  });
  wx.getLocation = guarded('getLocation', function (o) {
    answer(o, 'getLocation', { latitude: 31.40361, longitude: 121.34243, speed: 0, accuracy: 30 });
  });
  ['updateAppMessageShareData', 'updateTimelineShareData', 'hideMenuItems', 'showMenuItems', 'openLocation', 'previewImage'].forEach(function (name) {
    wx[name] = guarded(name, function (o) { answer(o, name); });
  });
  wx.closeWindow = function () {
    if (window.parent !== window) window.parent.postMessage({ wxsim: 'close' }, '*'); else window.close();
  };
  window.wx = window.jWeixin = wx;
}());
