// With an application chosen, one press on a free booth of the plan puts it there; without this script the booth's own page asks.

const form = document.querySelector("form[data-place]");

document.addEventListener("click", (event) => {
  const link = event.target.closest("svg.plan a");
  const state = link?.querySelector(".b")?.dataset.s;
  if (!form || (state !== "free" && state !== "open") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  form.action = `${new URL(link.getAttribute("href"), location.href).pathname}/place`;
  form.submit();
});
