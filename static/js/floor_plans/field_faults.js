// What cannot be in a field, said below it at once and read aloud; the server asks the same again when it saves.

export const CODES = { booth: /^[A-ZĐ0-9][A-ZĐ0-9.-]{0,7}$/u, zone: /^[A-ZĐ0-9]{1,4}$/u };

export function numberFault(typed, [least, most], words, decimal) {
  if (!Number.isFinite(typed)) return words["number wrong"];
  if (typed >= least && typed <= (most ?? Infinity)) return "";
  const sentence = words[most === undefined ? "number least" : "number outside"];
  return sentence.replace("{least}", decimal.format(least)).replace("{most}", decimal.format(most));
}

// The field keeps what was typed.
export function tellFault(field, words) {
  const label = field.closest(".field");
  label?.classList.toggle("err", Boolean(words));
  label?.querySelector(".msg")?.remove();
  if (words && label) label.append(Object.assign(document.createElement("span"), { className: "msg", role: "alert", textContent: words }));
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}
