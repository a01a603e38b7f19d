// A form is sent once, and a page that comes back from the browser's memory is fetched anew.

export function guardForms() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    const button = form.querySelector('button[data-wait]');
    if (event.defaultPrevented || !button) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = '1';
    button.dataset.text = button.textContent;
    button.textContent = button.dataset.wait;
  });
  for (const area of document.querySelectorAll('textarea[data-max]')) countLeft(area);
}

// countLeft says how many characters are left once few are. It counts code points, as the server does.
function countLeft(area) {
  const most = Number(area.dataset.max);
  const note = document.createElement('p');
  note.className = 'field-hint';
  note.setAttribute('aria-live', 'polite');
  area.after(note);
  area.addEventListener('input', () => {
    const left = most - [...area.value].length;
    note.textContent = left < 100 ? area.dataset.left.replace('{n}', left) : '';
  });
}

// iOS restores a page on swipe-back with its timers frozen and its buttons spent.
export function refreshAfterBack() {
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      const button = form.querySelector('button[data-text]');
      if (button) button.textContent = button.dataset.text;
    }
    if (!document.querySelector('form[data-draft]')) location.reload();
  });
}
