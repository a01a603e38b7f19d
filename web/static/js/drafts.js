// A form with data-draft keeps what is typed in localStorage, because WeChat's webview may be killed while the
// camera is open and because a session may have ended. The draft goes away when the page that follows says, by
// ?posted=<key>, that its document exists.
const prefix = 'draft:';

function controls(form) {
  return [...form.querySelectorAll('input[name], textarea[name], select[name]')].filter(
    (c) => !['hidden', 'file', 'password', 'submit'].includes(c.type)
  );
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) || 'null');
  } catch (e) {
    return null;
  }
}

function save(form) {
  const values = {};
  for (const c of controls(form)) {
    if ((c.type === 'checkbox' || c.type === 'radio') && !c.checked) continue;
    if (c.value) values[c.name] = c.value;
  }
  try {
    localStorage.setItem(prefix + form.dataset.draft, JSON.stringify(values));
  } catch (e) {
    // A full or forbidden store only costs the draft.
  }
}

function restore(form, values) {
  let changed = false;
  for (const c of controls(form)) {
    const value = values[c.name];
    if (value === undefined || c.type === 'checkbox') continue;
    if (c.type === 'radio') {
      c.checked = c.value === value;
    } else if (!c.value || c.tagName === 'SELECT') {
      changed = changed || (c.tagName !== 'SELECT' && value !== c.value);
      c.value = value;
    }
  }
  return changed;
}

function tell(form) {
  const note = form.querySelector('[data-draft-note]');
  if (!note) return;
  note.hidden = false;
  note.querySelector('button').addEventListener('click', () => {
    forget(form.dataset.draft);
    form.reset();
    note.hidden = true;
  });
}

function forget(key) {
  try {
    localStorage.removeItem(prefix + key);
  } catch (e) {
    // Nothing was kept.
  }
}

// forgetPosted also takes the note out of the address, so that it is not shared or reloaded.
function forgetPosted() {
  const address = new URL(location.href);
  const posted = address.searchParams.get('posted');
  if (!posted) return;
  forget(posted);
  address.searchParams.delete('posted');
  history.replaceState(history.state, '', address);
}

export function keepDrafts() {
  forgetPosted();
  for (const form of document.querySelectorAll('form[data-draft]')) {
    const values = read(form.dataset.draft);
    if (values && restore(form, values)) tell(form);
    let timer;
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(form), 300);
    });
    form.addEventListener('submit', () => save(form));
  }
}
