// For other sites: puts the list of coming fairs where this script stands.
//   <script async src="https://…/embed.js" data-most="5" data-district="ha-long"></script>
// Without a script the same list is a frame: <iframe src="https://…/embed/fairs" title="…"></iframe>
(() => {
  const here = document.currentScript;
  if (!here) return;
  const address = new URL(here.src);
  const path = address.pathname.replace(/embed\.js$/, "embed/fairs");
  const asked = new URLSearchParams();
  for (const name of ["most", "district"]) {
    if (here.dataset[name]) asked.set(name, here.dataset[name]);
  }
  const frame = document.createElement("iframe");
  frame.src = `${address.origin}${path}${asked.size ? `?${asked}` : ""}`;
  frame.title = address.pathname.startsWith("/en/") ? "OCOP fairs in Quảng Ninh" : "Hội chợ OCOP Quảng Ninh";
  frame.loading = "lazy";
  frame.width = "100%";
  frame.height = here.dataset.height || "420";
  frame.setAttribute("frameborder", "0");
  here.after(frame);
})();
