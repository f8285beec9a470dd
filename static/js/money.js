// Amounts in đồng: thousands are separated when a field is left, and told apart in a line below, since a missing zero is the commonest mistake.

const locale = document.documentElement.lang === "en" ? "en-US" : "vi-VN";
const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

function tidy(field) {
  const digits = field.value.replace(/[^0-9]/g, "");
  if (!digits || /[^0-9.,\s\u00a0đĐ₫]/.test(field.value)) return;
  field.value = format.format(BigInt(digits));
}

for (const field of document.querySelectorAll("input[data-money]")) {
  tidy(field);
  field.addEventListener("blur", () => tidy(field));
}
