// Photos are made smaller on the phone, at most 2048 px, before they travel: 12 to 50 megapixels would take
// minutes on a slow line. Each is sent at once to /photos and stands in the form as a hidden id, so that a
// refused form still has them. Without scripts the file input itself carries them.
const longest = 2048;

async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size < 1 << 20) return file;
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    return blob || file;
  } catch (e) {
    return file; // the server decides
  }
}

function item(picker, src) {
  const li = document.createElement('li');
  const img = document.createElement('img');
  img.src = src;
  img.alt = '';
  li.append(img, remover(picker, li));
  picker.querySelector('.picker-list').append(li);
  return li;
}

function remover(picker, li) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '✕';
  button.setAttribute('aria-label', picker.dataset.remove);
  button.addEventListener('click', () => {
    li.remove();
    crowd(picker);
  });
  return button;
}

function crowd(picker) {
  const full = picker.querySelectorAll('.picker-list li').length >= Number(picker.dataset.most);
  picker.querySelector('.picker-add').hidden = full;
}

async function add(picker, file) {
  const li = item(picker, URL.createObjectURL(file));
  li.dataset.busy = '1';
  crowd(picker);
  const body = new FormData();
  body.append('files', await shrink(file), 'photo.jpg');
  const token = picker.closest('form').querySelector('input[name=_csrf]');
  try {
    const answer = await fetch('/photos', {
      method: 'POST',
      body,
      credentials: 'same-origin',
      headers: { 'X-CSRF-Token': token ? token.value : '', Accept: 'application/json' },
    });
    const result = await answer.json().catch(() => ({}));
    if (!result.id) {
      reject(picker, li, result.detail);
      return;
    }
    const id = document.createElement('input');
    id.type = 'hidden';
    id.name = 'photo';
    id.value = result.id;
    li.append(id);
    delete li.dataset.busy;
  } catch (e) {
    reject(picker, li);
  }
}

function reject(picker, li, why) {
  li.remove();
  crowd(picker);
  complain(picker, why || picker.dataset.failed);
}

function complain(picker, text) {
  let note = picker.querySelector('.field-error');
  if (!note) {
    note = document.createElement('p');
    note.className = 'field-error';
    note.setAttribute('role', 'alert');
    picker.append(note);
  }
  note.textContent = text;
}

export function shrinkPhotos() {
  for (const picker of document.querySelectorAll('[data-photos]')) {
    const input = picker.querySelector('input[type=file]');
    for (const li of picker.querySelectorAll('.picker-list li')) li.append(remover(picker, li));
    crowd(picker);
    let sending = Promise.resolve();
    input.addEventListener('change', () => {
      const room = Number(picker.dataset.most) - picker.querySelectorAll('.picker-list li').length;
      const files = [...input.files].slice(0, room);
      input.value = '';
      for (const file of files) sending = sending.then(() => add(picker, file));
    });
    // A form waits for photos that are still on their way.
    const form = picker.closest('form');
    form.addEventListener(
      'submit',
      (event) => {
        if (!picker.querySelector('[data-busy]')) return;
        event.preventDefault();
        const button = form.querySelector('button[data-wait]');
        sending.then(() => (form.requestSubmit ? form.requestSubmit(button) : form.submit()));
      },
      true
    );
  }
}
