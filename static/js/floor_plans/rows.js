// Rows of booths from a few numbers: how many, how large, the aisle, the first code, which side has the odd numbers.

import { nextCode } from "./arrange.js";
import { CODES, numberFault } from "./field_faults.js";
import { boundsOf } from "./plan_shapes.js";
import { idOf, newKey } from "./plan_state.js";

// shape: "single" (all look down), "double" (back to back). numbering: "along" or "odd_even" (odd above, even below).
export function placesInRows({ count, perRow, width, depth, aisle, shape, numbering }) {
  const places = [];
  const pair = perRow * 2;
  for (let number = 0; number < count; number += 1) {
    let row = Math.floor(number / perRow);
    let column = number % perRow;
    if (shape === "double" && numbering === "odd_even") {
      const within = number % pair;
      row = Math.floor(number / pair) * 2 + (within % 2);
      column = Math.floor(within / 2);
    }
    const aisles = shape === "double" ? Math.floor(row / 2) : row;
    const above = shape === "double" && row % 2 === 0 && (numbering === "odd_even" || (row + 1) * perRow < count);
    places.push({ x_cm: column * width, y_cm: row * depth + aisles * aisle, width_cm: width, depth_cm: depth, rotation: above ? 180 : 0 });
  }
  return places;
}

// What was typed, and what is wrong with it: a Map of field name → sentence, all of them at once.
const LIMITS = { count: [1, 500], per_row: [1, 500], width: [0.1, 50], depth: [0.1, 50], aisle: [0, 50], power: [0, 1000] };

export function factsOfRows(form, words, decimal) {
  const wrong = new Map();
  const number = (name, scale = 1) => {
    const typed = Number(form.elements[name].value.trim().replace(",", ".") || Number.NaN);
    const fault = numberFault(scale === 1 && !Number.isInteger(typed) ? Number.NaN : typed, LIMITS[name], words, decimal);
    if (fault) wrong.set(name, fault);
    return Math.round(typed * scale);
  };
  const facts = {
    count: number("count"), perRow: number("per_row"), width: number("width", 100), depth: number("depth", 100), aisle: number("aisle", 100), power: number("power", 1000),
    shape: form.elements.shape.value, numbering: form.elements.numbering.value, corners: form.elements.corners.checked,
    firstCode: form.elements.first_code.value.trim().toUpperCase(), zone: form.elements.zone_code.value.trim().toUpperCase(), name: form.elements.zone_name.value.trim(),
  };
  if (!CODES.booth.test(facts.firstCode)) wrong.set("first_code", words["booth code wrong"]);
  if (facts.zone && !CODES.zone.test(facts.zone)) wrong.set("zone_code", words["zone code wrong"]);
  return { facts, wrong };
}

// Codes count on from the first: A98, A99, A100. One that grows too long is told before anything is drawn.
export function codeGrownTooLong(wanted) {
  return [...wanted.values()].map((element) => element.width_cm && element.code).find((code) => code && !CODES.booth.test(code));
}

// First and last of each row are corners with a second open side.
function corner(place, places) {
  const row = places.filter((other) => other.y_cm === place.y_cm).map((other) => other.x_cm);
  if (row.length < 2) return { is_corner: true, open_sides: ["front", "left", "right"] };
  const [first, last] = [Math.min(...row) === place.x_cm, Math.max(...row) === place.x_cm];
  if (!first && !last) return { is_corner: false, open_sides: ["front"] };
  return { is_corner: true, open_sides: first === (place.rotation === 0) ? ["front", "left"] : ["front", "right"] };
}

// A letter for a new zone that the fair has not given yet, with its first code; null while nothing is drawn elsewhere.
export function freeBeginning(state) {
  if (!state.elsewhere.zone.size || state.all("zone").length) return null;
  const zone = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((letter) => !state.elsewhere.zone.has(letter));
  return zone ? { zone, firstCode: `${zone}01` } : null;
}

// Answers what to edit: the booths, their zone when it is new, and the ground when it has to grow.
export function rowsOf(state, facts) {
  const places = placesInRows(facts);
  const zones = state.all("zone");
  const letters = facts.firstCode.match(/^[A-ZĐ]+/u)?.[0] ?? "A";
  const zoneCode = (facts.zone || letters).slice(0, 4).toUpperCase();
  let zone = zones.find((one) => one.code === zoneCode);
  const wanted = new Map();
  if (!zone) {
    zone = { key: newKey(), code: zoneCode, name_vi: facts.name ?? "", name_en: "", power_w: null, water_points: null, cold_points: null };
    wanted.set(idOf("zone", zone.key), zone);
  }
  const taken = state.taken("booth");
  const standing = [...state.all("booth"), ...state.all("fixture").filter((fixture) => fixture.kind !== "path" && fixture.kind !== "text")];
  const top = state.all("booth").length ? Math.max(...state.all("booth").map((booth) => boundsOf([booth]).bottom)) + facts.aisle : standing.length ? boundsOf(standing).bottom + facts.aisle : facts.aisle;
  let code = facts.firstCode;
  let first = true;
  for (const place of places) {
    code = first && !taken.has(code) ? code : nextCode(code, taken);
    taken.add(code);
    first = false;
    const booth = {
      key: newKey(), zone: zone.key, code, ...place, x_cm: place.x_cm + facts.aisle, y_cm: place.y_cm + top, open_sides: ["front"], booth_type_id: null,
      power_w: facts.power ?? 0, has_water: false, has_cold_storage: false, allows_open_flame: false, is_corner: false, blocked: "",
      ...(facts.corners ? corner(place, places) : {}),
    };
    wanted.set(idOf("booth", booth.key), booth);
  }
  const box = boundsOf([...wanted.values()].filter((element) => element.width_cm));
  const plan = state.get("plan:plan");
  const grown = { width_cm: Math.max(plan.width_cm, box.right + facts.aisle), depth_cm: Math.max(plan.depth_cm, box.bottom + facts.aisle) };
  if (!plan.outline.length && (grown.width_cm > plan.width_cm || grown.depth_cm > plan.depth_cm)) wanted.set("plan:plan", { ...plan, ...grown });
  return wanted;
}
