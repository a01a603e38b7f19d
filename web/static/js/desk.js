// The keys of the console: j and k walk the list, enter opens.
const rows = () => [...document.querySelectorAll('[data-row]')];

function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const to = all[Math.max(0, Math.min(all.length - 1, at + by))];
  const target = to.matches('a') ? to : to.querySelector('a');
  if (target) target.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select')) return;
  if (event.key === 'j') step(1);
  if (event.key === 'k') step(-1);
});
