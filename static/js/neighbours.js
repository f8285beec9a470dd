// Arrow keys lead where <a data-neighbour="ArrowLeft"> and <a data-neighbour="ArrowRight"> lead; the links are there without.

const fields = "input, select, textarea, [contenteditable], [role=slider]";

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest(fields)) return;
  const link = document.querySelector(`a[data-neighbour="${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
