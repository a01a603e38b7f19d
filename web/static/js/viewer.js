// Photos open full, swipe sideways and pinch; the browser's back closes them.

function open(links, at, label) {
  const viewer = document.createElement('div');
  viewer.className = 'viewer';
  viewer.setAttribute('role', 'dialog');
  viewer.setAttribute('aria-modal', 'true');
  const strip = document.createElement('div');
  strip.className = 'viewer-strip';
  for (const link of links) {
    const img = document.createElement('img');
    img.src = link.href;
    img.alt = link.querySelector('img').alt;
    strip.append(img);
  }
  const count = document.createElement('p');
  count.className = 'viewer-count';
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '✕';
  close.setAttribute('aria-label', label);
  viewer.append(strip, count, close);
  document.body.append(viewer);
  strip.scrollLeft = at * strip.clientWidth;
  const show = () => {
    count.textContent = Math.round(strip.scrollLeft / strip.clientWidth) + 1 + ' / ' + links.length;
  };
  show();
  strip.addEventListener('scroll', show);
  history.pushState({ viewer: true }, '');
  const gone = () => {
    viewer.remove();
    window.removeEventListener('popstate', gone);
    document.removeEventListener('keydown', key);
    links[at].focus();
  };
  const key = (event) => {
    if (event.key === 'Escape') history.back();
  };
  window.addEventListener('popstate', gone);
  document.addEventListener('keydown', key);
  close.addEventListener('click', () => history.back());
  close.focus();
}

export function viewPhotos() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-viewer] a');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const list = link.closest('[data-viewer]');
    const links = [...list.querySelectorAll('a')];
    open(links, links.indexOf(link), list.dataset.close);
  });
}
