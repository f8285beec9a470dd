// Keys for going through applications: j k a w r o x, digits for reasons. Everything they do has its own button or link.

const room = document.querySelector("[data-screening]");
const form = room.querySelector("[data-decide]");
const reasons = form?.querySelector("[data-reasons]");
const words = form?.elements.namedItem("reason");
const KEPT = "screening-keys";

// A sentence to begin with, as long as nothing of one's own has been typed.
const sentences = Object.keys(reasons?.dataset ?? {}).filter((name) => name.startsWith("words")).map((name) => reasons.dataset[name]);
const codes = form ? [...form.querySelectorAll("[name=reason_code]")] : [];
codes.forEach((code, place) => code.addEventListener("change", () => {
  if (words.value.trim() === "" || sentences.includes(words.value)) words.value = reasons.dataset[`words${place + 1}`] ?? "";
}));

function decided() {
  const chosen = form?.querySelector("[name=decision]:checked")?.value;
  if (reasons) reasons.hidden = chosen === "accept" || (!chosen && !words.value);
  return chosen;
}
form?.querySelectorAll("[name=decision]").forEach((radio) => radio.addEventListener("change", decided));
decided();

const onOwnLine = [...room.querySelectorAll("[data-row]")];
let line = onOwnLine.findIndex((link) => link.closest("tr").classList.contains("on"));

function step(by) {
  const beside = room.querySelector(by > 0 ? "[data-after]" : "[data-before]");
  if (beside) { beside.click(); return; }
  if (room.querySelector(".panel, [data-decide]") || onOwnLine.length === 0) return;
  line = Math.min(onOwnLine.length - 1, Math.max(0, line + by));
  onOwnLine[line].focus();
}

function choose(decision) {
  const radio = form?.querySelector(`[name=decision][value=${decision}]`);
  if (!radio) return;
  radio.checked = true;
  decided();
  if (decision === "accept") form.requestSubmit(form.querySelector("button[value=next]"));
  else (codes.find((code) => code.checked) ?? codes[0]).focus();
}

function reason(place) {
  const chosen = decided();
  if (!codes[place] || !chosen || chosen === "accept") return;
  codes[place].checked = true;
  codes[place].dispatchEvent(new Event("change"));
  codes[place].focus();
}

function open() {
  const link = room.querySelector("[data-whole]") ?? onOwnLine[Math.max(0, line)];
  link?.click();
}

function tick() {
  const box = onOwnLine[Math.max(0, line)]?.closest("tr").querySelector("[name=ticked]");
  if (box) box.checked = !box.checked;
}

const KEYS = { j: () => step(1), k: () => step(-1), a: () => choose("accept"), w: () => choose("waitlist"), r: () => choose("reject"), o: open, x: tick };

const keysWork = room.querySelector("[data-keys]");
if (keysWork) {
  room.querySelector("[data-keys-choice]").hidden = false;
  keysWork.checked = localStorage.getItem(KEPT) !== "off";
  keysWork.addEventListener("change", () => localStorage.setItem(KEPT, keysWork.checked ? "on" : "off"));
}

document.addEventListener("keydown", (event) => {
  const types = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
  if (types || event.ctrlKey || event.metaKey || event.altKey || (keysWork && !keysWork.checked)) return;
  const act = /^[1-9]$/.test(event.key) ? () => reason(Number(event.key) - 1) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
