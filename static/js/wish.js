// One press on a booth of the plan puts it into the first wish that is still empty; pressed again it is taken out. The lists below the plan
// do the same without this script.

const form = document.querySelector("form[data-autosave]");
const wishes = ["wish_1", "wish_2", "wish_3"].map((id) => document.getElementById(id)).filter(Boolean);

function optionOf(wish, code) {
  return [...wish.options].find((option) => option.dataset.code === code && !option.disabled);
}

function mark(booth) {
  const code = booth.dataset.b;
  const rank = wishes.findIndex((wish) => wish.selectedOptions[0]?.dataset.code === code);
  booth.dataset.was ??= booth.dataset.s;
  booth.dataset.s = rank >= 0 ? "pick" : booth.dataset.was;
}

function press(booth) {
  const code = booth.dataset.b;
  const wished = wishes.find((wish) => wish.selectedOptions[0]?.dataset.code === code);
  const free = wished ?? wishes.find((wish) => !wish.value);
  if (!free) return;
  free.value = wished ? "" : (optionOf(free, code)?.value ?? free.value);
  free.dispatchEvent(new Event("input", { bubbles: true }));
  free.dispatchEvent(new Event("change", { bubbles: true }));
}

if (form && wishes.length) {
  const booths = [...form.querySelectorAll("svg .b[data-b]")].filter((booth) => optionOf(wishes[0], booth.dataset.b));
  for (const booth of booths) {
    booth.classList.add("may-pick");
    mark(booth);
    booth.addEventListener("click", () => press(booth));
  }
  form.addEventListener("change", () => booths.forEach(mark));
}
