// Keys for giving points: 1 to 5 for the criterion with the focus (else the first without points), n skips. Enter saves.

const room = document.querySelector("[data-scoring]");
const rows = [...room.querySelectorAll("fieldset.crit")];

function current() {
  const at = document.activeElement?.closest("fieldset.crit");
  return at ?? rows.find((row) => !row.querySelector(":checked")) ?? rows[0];
}

function give(points) {
  const row = current();
  const box = row?.querySelector(`input[value="${points}"]`);
  if (!box) return;
  box.checked = true;
  const next = rows[rows.indexOf(row) + 1];
  const target = next ? next.querySelector(":checked") ?? next.querySelector("input") : box;
  target.focus();
}

document.addEventListener("keydown", (event) => {
  const types = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
  if (types || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^[1-5]$/.test(event.key)) { event.preventDefault(); give(event.key); }
  if (event.key === "n") room.ownerDocument.querySelector("[data-next]")?.click();
});
