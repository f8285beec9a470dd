// Counts again while the organiser chooses: <form data-live-count="/address"> posts itself there and shows the sentence that comes back
// in [data-count-status]. Without scripts the button beside the sentence does the same.
const PAUSE = 400;

for (const form of document.querySelectorAll("form[data-live-count]")) {
  const status = form.querySelector("[data-count-status]");
  let timer = 0;
  let newest = 0;
  async function count() {
    const mine = ++newest;
    status.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.liveCount, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
      if (mine === newest && (answer.ok || answer.status === 422)) status.textContent = (await answer.text()).trim();
    } catch {
      // No network: the last count stands, the button is still there.
    }
    if (mine === newest) status.removeAttribute("aria-busy");
  }
  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(count, PAUSE); });
}
