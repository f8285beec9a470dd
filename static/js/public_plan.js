// The visitor's plan: larger and smaller by buttons and keys, open on the booth in the address, a round kept on the device.

const LEAST = 1;
const MOST = 6;

for (const tools of document.querySelectorAll("[data-zoom]")) {
  const box = document.querySelector(`${tools.dataset.zoom} .planbox`);
  const plan = box?.querySelector("svg");
  if (!plan) continue;
  let size = 1;
  // The middle of what is seen stays in the middle.
  const zoom = (step) => {
    const x = (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth;
    const y = (box.scrollTop + box.clientHeight / 2) / box.scrollHeight;
    size = step ? Math.min(MOST, Math.max(LEAST, size * (step > 0 ? 1.5 : 1 / 1.5))) : 1;
    plan.style.width = size > 1 ? `${size * 100}%` : "";
    plan.style.maxWidth = size > 1 ? "none" : "";
    plan.style.maxHeight = size > 1 ? "none" : "";
    box.style.maxHeight = size > 1 ? "44rem" : "";
    box.scrollLeft = x * box.scrollWidth - box.clientWidth / 2;
    box.scrollTop = y * box.scrollHeight - box.clientHeight / 2;
  };
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) zoom(Number(button.dataset.step));
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { "+": 1, "=": 1, "-": -1, 0: 0 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    zoom(step);
  });
  tools.hidden = false;
}

// …/plan#A12: the browser goes to the booth on the drawing and the stylesheet marks it; here it gets the focus, its row in the list
// is marked too, and one line says what stands there. A code in small letters is found as well.
const said = document.querySelector("[data-here]");

function askedCode() {
  try {
    return decodeURIComponent(location.hash.slice(1)).trim();
  } catch {
    return "";
  }
}

function say(words, address) {
  said?.replaceChildren(words);
  if (!said || !address) return;
  const link = document.createElement("a");
  link.href = address;
  link.textContent = said.dataset.more;
  said.append(" ", link);
}

function markBooth() {
  const code = askedCode();
  const booths = [...document.querySelectorAll(".plan [data-b]")];
  const asked = booths.find((booth) => booth.dataset.b.toLowerCase() === code.toLowerCase());
  for (const old of document.querySelectorAll("[data-marked]")) {
    old.classList.remove("here", "hit");
    old.removeAttribute("data-marked");
    if (old.closest(".plan a")) old.closest(".plan a").removeAttribute("aria-current");
  }
  if (!asked) {
    const isCode = /^[a-z]{1,3}[-.]?\d/i.test(code) && !document.getElementById(code);
    // It may stand at another venue of the fair: the server knows.
    if (isCode && said.dataset.elsewhere && new URLSearchParams(location.search).get("booth") !== code) {
      location.replace(`${said.dataset.elsewhere}?booth=${encodeURIComponent(code)}#${encodeURIComponent(code)}`);
      return;
    }
    say(isCode ? said.dataset.missing.replace("…", code) : "");
    return;
  }
  const link = asked.closest("a");
  const row = document.getElementById(`gian-${asked.dataset.b}`);
  for (const [one, name] of [[asked, "here"], [row, "hit"]]) {
    one?.classList.add(name);
    one?.setAttribute("data-marked", "");
  }
  link?.setAttribute("aria-current", "true");
  say(asked.querySelector("title").textContent, link?.getAttribute("href"));
  if (!link) {
    asked.setAttribute("tabindex", "-1");
    asked.setAttribute("role", "img");
  }
  (link ?? asked).focus({ preventScroll: true });
  asked.scrollIntoView({ block: "center", inline: "center" });
}
addEventListener("hashchange", markBooth);
if (location.hash) markBooth();

// What was ticked stays in this browser; an address that names booths goes before it, and so does what was ticked before this script came.
for (const form of document.querySelectorAll("form[data-round]")) {
  const key = `round-${form.dataset.round}`;
  const ticks = [...form.querySelectorAll("[name=pick][type=checkbox]")];
  try {
    const here = new Set(ticks.map((tick) => tick.value));
    const named = new URLSearchParams(location.search).has("pick");
    const kept = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
    const fresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    const early = ticks.filter((tick) => fresh && !named && tick.checked !== tick.defaultChecked);
    if (!named) for (const tick of ticks) if (!early.includes(tick)) tick.checked = kept.has(tick.value);
    const keep = () => {
      const others = [...kept].filter((code) => !here.has(code));
      const picked = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
      localStorage.setItem(key, JSON.stringify([...others, ...picked]));
    };
    if (named || early.length) keep();
    form.addEventListener("change", keep);
    // A search may have left rows out: what was ticked there goes along.
    form.addEventListener("formdata", (event) => {
      for (const code of kept) if (!here.has(code)) event.formData.append("pick", code);
    });
  } catch {
    // A browser that keeps nothing still sends the ticks with the form.
  }
}
