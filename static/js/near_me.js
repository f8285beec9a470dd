// Fairs by distance, on request only. Nothing is sent: the points of all fairs are in the page, the order is made here.

const EARTH_KM = 6371;
const rad = (degrees) => (degrees * Math.PI) / 180;

// Great-circle distance (haversine).
function kilometres([lat, lon], [lat2, lon2]) {
  const half = Math.sin(rad(lat2 - lat) / 2) ** 2 + Math.cos(rad(lat)) * Math.cos(rad(lat2)) * Math.sin(rad(lon2 - lon) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(half));
}

for (const button of document.querySelectorAll("[data-near]")) {
  const list = document.querySelector(button.dataset.near);
  const said = document.querySelector("[data-said]");
  if (!list || !navigator.geolocation) continue;
  button.hidden = false;
  const order = ({ coords }) => {
    const here = [coords.latitude, coords.longitude];
    const rows = [...list.children].map((row) => {
      const points = (row.dataset.points ?? "").split(" ").filter(Boolean).map((point) => point.split(",").map(Number));
      return [row, Math.min(...points.map((point) => kilometres(here, point)))];
    });
    rows.sort(([, one], [, other]) => (one === other ? 0 : one - other));
    for (const [row, distance] of rows) {
      const words = row.querySelector("[data-distance]");
      if (words && Number.isFinite(distance)) {
        words.textContent = words.dataset.distance.replace("{}", new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: distance < 10 ? 1 : 0 }).format(distance));
        words.hidden = false;
      }
      list.append(row);
    }
    said.textContent = button.dataset.done;
  };
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(order, () => { said.textContent = button.dataset.none; }, { maximumAge: 600000, timeout: 15000 });
  });
}
