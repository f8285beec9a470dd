// The allocation board by hand: with an application chosen one press on a free booth puts it there; a row of a list, or who stands on a
// booth, can be dragged to a booth (put there, moved, swapped) or to the list of those without one. Who was told a booth is asked for a
// reason on the booth's own page, which says before what a move costs. Without this script those pages do all of it.
const form = document.querySelector("form[data-move]");
const plan = document.getElementById("plan");
const lacking = document.querySelector("[data-live-part=lacking]");
const BEGINS_AFTER_PX = 6;
const FREE = new Set(["free", "open"]);
const UNTOLD = "new";

const linkOf = (booth) => booth.closest("a");
const pathOf = (booth) => new URL(linkOf(booth).getAttribute("href"), location.href).pathname;
const holders = () => JSON.parse(plan.dataset.holders);

function send(action, code, insteadOf = "", holder = "") {
  form.action = action;
  form.elements.application.value = code;
  form.elements.instead_of.value = insteadOf;
  form.elements.holder.value = holder; // who is seen there: should somebody else stand there by now, nothing is done
  form.submit();
}

// Who is pressed, in a list or on a booth: the booth that is left ("" for one more, null for one of several), and whether they were told it.
function taken(target) {
  const booth = target.closest("svg.plan .b[data-b]");
  if (booth) {
    const code = holders()[booth.dataset.b];
    return code && { code, from: booth.dataset.b, booth, isTold: booth.dataset.s !== UNTOLD, words: linkOf(booth).getAttribute("aria-label") };
  }
  const row = target.closest("[data-drag]");
  if (!row || target.closest("button, input, select")) return null;
  const who = { code: row.dataset.drag, from: "", booth: null, isTold: false, words: row.querySelector(".t").textContent };
  if (row.dataset.lacks !== "0") return who;
  const held = row.dataset.booths.split(" ");
  if (held.length > 1) return { ...who, from: null }; // which of its booths is given up is asked on the booth's own page
  const standing = document.querySelector(`svg.plan .b[data-b="${CSS.escape(held[0])}"]`);
  return { ...who, from: held[0], booth: standing, isTold: standing?.dataset.s !== UNTOLD };
}

function drop(who, booth) {
  if (booth.dataset.b === who.from) return;
  const other = holders()[booth.dataset.b];
  const otherTold = other && booth.dataset.s !== UNTOLD;
  const path = pathOf(booth);
  const mayAtOnce = who.from !== null && !who.isTold && !otherTold;
  if (mayAtOnce && FREE.has(booth.dataset.s)) send(`${path}/place`, who.code, who.from);
  else if (mayAtOnce && other && who.from) send(`${path}/swap`, who.code, who.from, other);
  else location.assign(`${path}?application=${encodeURIComponent(who.code)}`);
}

function takeOff(who) {
  if (!who.booth) return;
  if (who.isTold) location.assign(pathOf(who.booth));
  else send(`${pathOf(who.booth)}/vacate`, who.code, "", who.code);
}

class Drag {
  constructor(who, event) {
    Object.assign(this, { who, x: event.clientX, y: event.clientY, over: null });
  }

  begin() {
    this.sign = document.createElement("div");
    this.sign.className = "carried";
    this.sign.textContent = this.who.words;
    document.body.append(this.sign);
    document.body.classList.add("carrying");
  }

  move(event) {
    if (!this.sign && Math.hypot(event.clientX - this.x, event.clientY - this.y) < BEGINS_AFTER_PX) return;
    if (!this.sign) this.begin();
    this.sign.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    const over = event.target.closest("svg.plan .b[data-b]") ?? event.target.closest("[data-live-part=lacking]");
    if (over === this.over) return;
    this.over?.classList.remove("under");
    over?.classList.add("under");
    this.over = over;
  }

  end(isDropped) {
    if (!this.sign) return;
    this.sign.remove();
    document.body.classList.remove("carrying");
    this.over?.classList.remove("under");
    // the press that ends a drag is no press on a link
    const ignore = (event) => event.preventDefault();
    addEventListener("click", ignore, true);
    setTimeout(() => removeEventListener("click", ignore, true), 0);
    if (isDropped && this.over === lacking) takeOff(this.who);
    else if (isDropped && this.over) drop(this.who, this.over);
  }
}

if (form && plan) {
  let doing = null;
  addEventListener("pointerdown", (event) => {
    // a finger pulls the page
    const who = event.button === 0 && event.pointerType !== "touch" ? taken(event.target) : null;
    doing = who ? new Drag(who, event) : null;
  });
  addEventListener("pointermove", (event) => doing?.move(event));
  addEventListener("dragstart", (event) => doing && event.preventDefault());
  const finish = (isDropped) => { doing?.end(isDropped); doing = null; };
  addEventListener("pointerup", () => finish(true));
  addEventListener("pointercancel", () => finish(false));
  addEventListener("keydown", (event) => event.key === "Escape" && finish(false));
  document.addEventListener("click", (event) => {
    const chosen = plan.dataset.chosen;
    const booth = event.target.closest("svg.plan a")?.querySelector(".b");
    if (!chosen || !booth || !FREE.has(booth.dataset.s) || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    event.preventDefault();
    send(`${pathOf(booth)}/place`, chosen);
  });
}
