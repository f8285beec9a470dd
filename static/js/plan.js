// Arrow keys between the booths of a plan; only one booth is in the tab order. The found or chosen booth is scrolled to the middle.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function middle(booth) {
  const box = booth.querySelector("rect").getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// The nearest booth whose middle lies in the direction of the key; going astray sideways counts double.
function neighbour(booths, from, [dx, dy]) {
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const booth of booths) {
    if (booth === from) continue;
    const [bx, by] = middle(booth);
    const along = (bx - x) * dx + (by - y) * dy;
    if (along < 1) continue;
    const cost = along + 2 * Math.abs((bx - x) * dy + (by - y) * dx);
    if (cost < least) [best, least] = [booth, cost];
  }
  return best;
}

function rove(plan) {
  const booths = [...plan.querySelectorAll("a, .b[role=button]")];
  if (!booths.length) return;
  let current = booths.find((booth) => booth.hasAttribute("aria-current")) ?? booths[0];
  for (const booth of booths) booth.setAttribute("tabindex", booth === current ? "0" : "-1");
  // Heard outside of the drawing: one that listens for focus itself becomes a stop of its own for the Tab key.
  plan.parentElement.addEventListener("focusin", (event) => {
    const booth = event.target.closest("svg[data-plan] :is(a, .b)");
    if (!booth || booth === current) return;
    current.setAttribute("tabindex", "-1");
    booth.setAttribute("tabindex", "0");
    current = booth;
  });
  plan.addEventListener("keydown", (event) => {
    const booth = event.target.closest("a, .b");
    if (!booth) return;
    let next = null;
    if (STEPS[event.key]) next = neighbour(booths, booth, STEPS[event.key]);
    else if (event.key === "Home") next = booths[0];
    else if (event.key === "End") next = booths.at(-1);
    else if ((event.key === "Enter" || event.key === " ") && booth.getAttribute("role") === "button") {
      event.preventDefault();
      booth.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      return;
    } else return;
    event.preventDefault();
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest", inline: "nearest" }); }
  });
}

for (const plan of document.querySelectorAll("svg[data-plan]")) {
  rove(plan);
  const box = plan.closest(".planbox");
  const marked = plan.querySelector(".b.hot, [aria-current]");
  if (box && marked) {
    const [x, y] = middle(marked);
    const frame = box.getBoundingClientRect();
    box.scrollLeft += x - frame.x - box.clientWidth / 2;
    box.scrollTop += y - frame.y - box.clientHeight / 2;
  }
}

// <input type="radio" name="by" value="group" data-plan-by="#plan-box">: colours change without a page load; keys named data-key follow.
for (const radio of document.querySelectorAll("[data-plan-by]")) {
  radio.addEventListener("change", () => {
    const plan = document.querySelector(`${radio.dataset.planBy} svg[data-plan]`);
    if (plan) plan.dataset.by = radio.value;
    for (const key of document.querySelectorAll("[data-key]")) key.hidden = key.dataset.key !== radio.value;
  });
}
