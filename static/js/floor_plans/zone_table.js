// What each zone's booths need at once beside what it can supply; its button leads to the zone, by keys as well.

import { idOf } from "./plan_state.js";

const NEEDS = { power_w: "power_w", water_points: "has_water", cold_points: "has_cold_storage" };
const PAUSE = 150;

// Sums by the zone's key; the server has the same in plan_checks.py (needs_of_zones).
export function needsOfZones(document) {
  const sums = new Map(document.zones.map((zone) => [zone.key, { booths: 0, power_w: 0, water_points: 0, cold_points: 0 }]));
  for (const booth of document.booths) {
    const sum = sums.get(booth.zone);
    if (!sum) continue;
    sum.booths += 1;
    for (const [name, of] of Object.entries(NEEDS)) sum[name] += Number(booth[of]);
  }
  return sums;
}

export class ZoneTable {
  constructor(editor) {
    Object.assign(this, editor);
    this.editor = editor;
    this.body = document.querySelector("[data-zones]");
    this.row = document.querySelector("template[data-zone-row]").content.firstElementChild;
    this.rows = new Map();
    this.state.onChange(() => { clearTimeout(this.timer); this.timer = setTimeout(() => this.show(), PAUSE); });
    this.show();
  }

  // Rows stay where they are, so that nobody loses the button they stand on.
  show() {
    const sums = needsOfZones(this.state.document());
    for (const [key, row] of this.rows) {
      if (sums.has(key)) continue;
      row.remove();
      this.rows.delete(key);
    }
    for (const [key, sum] of sums) {
      if (!this.rows.has(key)) this.add(key);
      this.fill(this.rows.get(key), this.state.get(idOf("zone", key)), sum);
    }
  }

  add(key) {
    const row = this.row.cloneNode(true);
    row.querySelector("[data-zone]").addEventListener("click", () => {
      this.editor.chooseZone(idOf("zone", key), false);
      this.editor.run("inspect");
    });
    this.rows.set(key, row);
    this.body.append(row);
  }

  fill(row, zone, sum) {
    const name = this.language === "en" ? zone.name_en || zone.name_vi : zone.name_vi;
    // on paper there is nothing to press, so the name stands a second time as plain words
    for (const place of row.querySelectorAll("[data-zone], [data-zone-words]")) place.textContent = `${this.words.zone} ${zone.code} ${name}`;
    for (const cell of row.querySelectorAll("[data-of]")) {
      const [of, scale] = [cell.dataset.of, cell.dataset.of === "power_w" ? 1000 : 1];
      const [needed, supplied] = [sum[of], zone[of] ?? null].map((number) => (number === null ? null : this.metres.format(number / scale)));
      cell.textContent = supplied === null ? needed : this.words.needs.replace("{needed}", needed).replace("{supplied}", supplied);
    }
  }
}
