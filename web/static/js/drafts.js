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

// named calls use with each control and the name its text is kept under. Rows of a table share a name: from the second
// on their place is part of it, so that a row is not filled with what was typed into another.
function named(form, use) {
  const seen = {};
  for (const c of controls(form)) {
    const single = c.type === 'checkbox' || c.type === 'radio';
    const n = (seen[c.name] = (seen[c.name] || 0) + 1);
    use(c, single || n === 1 ? c.name : c.name + '#' + n);
  }
}

function save(form) {
  const values = {};
  named(form, (c, name) => {
    if ((c.type === 'checkbox' || c.type === 'radio') && !c.checked) return;
    if (c.value) values[name] = c.value;
  });
  try {
    localStorage.setItem(prefix + form.dataset.draft, JSON.stringify(values));
  } catch (e) {
    // A full or forbidden store only costs the draft.
  }
}

function restore(form, values) {
  let changed = false;
  named(form, (c, name) => {
    const value = values[name];
    if (value === undefined || c.type === 'checkbox') return;
    if (c.type === 'radio') {
      c.checked = c.value === value;
    } else if (!c.value || c.tagName === 'SELECT') {
      changed = changed || (c.tagName !== 'SELECT' && value !== c.value);
      c.value = value;
    }
  });
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
