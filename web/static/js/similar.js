// While somebody writes a topic, what is there already and much like it appears below the field. Nothing is asked before
// a few words are there, and nothing of it leaves this site. Whoever has seen the list is not stopped by it later.
const pause = 700;
const least = 6;

export function showSimilar() {
  const box = document.querySelector('[data-similar]');
  if (!box) return;
  const form = box.closest('form');
  const area = form.querySelector('textarea[name=body]');
  let timer;
  let asked = '';
  const ask = async () => {
    const text = area.value.trim().slice(0, 80);
    if (text === asked) return;
    asked = text;
    if ([...text].length < least) {
      box.replaceChildren();
      return;
    }
    try {
      const answer = await fetch(box.dataset.similar + '?text=' + encodeURIComponent(text), { credentials: 'same-origin' });
      if (!answer.ok || text !== asked) return;
      box.innerHTML = await answer.text();
      if (box.firstElementChild) seen(form);
    } catch (e) {
      // Without an answer the form works as it did.
    }
  };
  area.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  });
  if (area.value) ask();
}

function seen(form) {
  if (form.querySelector('input[name=anyway]')) return;
  const note = document.createElement('input');
  note.type = 'hidden';
  note.name = 'anyway';
  note.value = '1';
  form.append(note);
}
