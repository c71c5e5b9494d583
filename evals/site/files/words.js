// How numbers, times and states are written.
import { el } from "/desktop/files/elements.js";

export const TONE = { worse: "bad", changed: "warn", better: "good", "small change": "none", steady: "none", "not enough data": "none", "not sure": "none", same: "none" };

export function value(form, number) {
  if (number === null || number === undefined) return "–";
  if (form === "share") return `${(100 * number).toFixed(1)} %`;
  if (form === "count") return String(Math.round(number));
  return number.toFixed(Math.abs(number) < 10 ? 2 : 1);
}

export function between(form, low, high) {
  return low === null || low === undefined ? "" : `${value(form, low)} – ${value(form, high)}`;
}

export function when(text) {
  if (!text) return "–";
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

export function chance(p) {
  if (p === null || p === undefined) return "–";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

export function pill(text, tone) {
  return el("span", { class: `pill ${tone ?? "none"}` }, text);
}

export function state(text) {
  return pill(text, TONE[text]);
}

export function table(heads, rows, { stack = true, label = "" } = {}) {
  const numeric = new Set(heads.map((head, index) => (head.startsWith("#") ? index : -1)));
  const names = heads.map((head) => head.replace("#", ""));
  return el("div", { class: "scroll" }, el("table", { class: `list${stack ? " stack" : ""}`, "aria-label": label || undefined },
    el("thead", {}, el("tr", {}, ...names.map((name, index) => el("th", { scope: "col", class: numeric.has(index) ? "n" : undefined }, name)))),
    el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...cells.map((cell, index) =>
      el("td", { class: numeric.has(index) ? "n" : undefined, "data-label": names[index] || undefined }, ...(Array.isArray(cell) ? cell : [cell]))))))));
}

export function teach(...parts) {
  return el("p", { class: "teach" }, ...parts);
}

// What is null is left out, as `el` does with children.
export function fill(place, ...parts) {
  place.replaceChildren(...parts.filter(Boolean));
}

// A sentence in which `…` stands for a command.
export function phrase(text) {
  return text.split("`").map((part, index) => (index % 2 ? code(part) : part));
}

export function code(text) {
  return el("code", {}, text);
}
