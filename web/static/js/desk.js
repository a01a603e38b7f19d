// The keys of the console: j and k walk the list, enter opens. And phrases go where the cursor stands.
const rows = () => [...document.querySelectorAll('[data-row]')];

function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const to = all[Math.max(0, Math.min(all.length - 1, at + by))];
  const target = to.matches('a, summary') ? to : to.querySelector('a');
  if (target) {
    target.focus();
    to.scrollIntoView({ block: 'nearest' });
  }
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select')) return;
  if (event.key === 'j') step(1);
  if (event.key === 'k') step(-1);
});

// A phrase is put in without sending the form, and draws no second copy of what was typed.
document.addEventListener('click', (event) => {
  const phrase = event.target.closest('[data-phrases] [data-text]');
  if (!phrase) return;
  const area = document.getElementById(phrase.closest('[data-phrases]').dataset.phrases);
  if (!area) return;
  event.preventDefault();
  const before = area.value.slice(0, area.selectionStart);
  const gap = before && !before.endsWith('\n') ? '\n' : '';
  area.setRangeText(gap + phrase.dataset.text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
  area.focus();
});
