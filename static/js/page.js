// Small helps for pages that already work without them: dialogs, copying, sharing, printing, focus after errors.

const toast = document.querySelector("[data-toast]");
let toastTimer = 0;

function say(words) {
  if (!toast || !words) return;
  toast.textContent = words;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, 4000);
}

async function copy(text, words) {
  try {
    await navigator.clipboard.writeText(text);
    say(words);
    return true;
  } catch {
    return false;
  }
}

// <a href="/full/page" data-open="dialog-id">: the link stays the fallback.
for (const opener of document.querySelectorAll("[data-open]")) {
  const dialog = document.getElementById(opener.dataset.open);
  if (!dialog || !dialog.showModal) continue;
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  if (location.hash === `#${dialog.id}`) dialog.showModal();
}

// <button type="button" data-copy="#field" data-copied="Link copied" hidden>: shown only where it can work.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  if (!source) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copy(source.value ?? source.textContent, button.dataset.copied);
    if (!done && source.select) source.select();
  });
}

// <button type="button" data-share="address" data-title="…" data-copied="…" hidden>
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const url = new URL(button.dataset.share || location.href, location.href).href;
    if (navigator.share) navigator.share({ title: button.dataset.title || document.title, url }).catch(() => {});
    else copy(url, button.dataset.copied);
  });
}

// <button type="button" data-print hidden>
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The summary of errors takes the focus, unless somebody has gone on already; a select marked data-submit sends its form at once.
if (document.activeElement === document.body) document.querySelector("[data-focus]")?.focus();
for (const control of document.querySelectorAll("[data-submit]")) {
  control.addEventListener("change", () => control.form?.requestSubmit());
}

// <form data-once data-sending="Sending">: a second press cannot send it twice.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter;
    if (button && form.dataset.sending) setTimeout(() => { button.disabled = true; button.textContent = form.dataset.sending; });
  });
  window.addEventListener("pageshow", () => { delete form.dataset.sent; });
}

// The row of organisers' rooms on a phone: the current one is brought into view, the page itself stays where it is.
const room = document.querySelector(".side .nav [aria-current]");
const row = room?.parentElement;
if (row && row.scrollWidth > row.clientWidth) {
  row.scrollLeft += room.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - room.offsetWidth) / 2;
}
