// Drawings in SVG, each with its numbers in words for those who do not see it.
const NAMESPACE = "http://www.w3.org/2000/svg";

function shape(name, attributes = {}, ...children) {
  const node = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function drawing(width, height, title, ...children) {
  return shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title }, shape("title", {}, title), ...children);
}

// Two bars a label: the share now over the share before.
export function mixBars(labels, written) {
  const width = 320, row = 34, left = 128, room = width - left - 46;
  const most = Math.max(...labels.flatMap((each) => [each.now, each.before]), 0.01);
  const title = labels.map((each) => `${each.label}: ${written(each.before)} before, ${written(each.now)} now`).join("; ");
  return drawing(width, row * labels.length, title, ...labels.flatMap((each, index) => {
    const top = index * row;
    const short = each.label.replaceAll("_", " ");
    return [
      shape("text", { x: left - 8, y: top + 18, "text-anchor": "end", class: "strong" }, short.length > 20 ? `${short.slice(0, 19)}…` : short),
      shape("rect", { x: left, y: top + 4, width: Math.max(1, room * each.now / most), height: 11, rx: 2, class: "now" }),
      shape("rect", { x: left, y: top + 17, width: Math.max(1, room * each.before / most), height: 8, rx: 2, class: "before" }),
      shape("text", { x: left + room * each.now / most + 5, y: top + 14 }, written(each.now)),
    ];
  }));
}

// A dot with its interval for each entry, on one scale, and a dashed line where the reference lies.
export function dots(entries, written, { zero = null } = {}) {
  const width = 320, row = 24, left = 128, room = width - left - 64;
  const numbers = entries.flatMap((each) => [each.value, each.low, each.high, each.mark]).concat(zero === null ? [] : [zero]).filter((each) => Number.isFinite(each));
  const low = Math.min(...numbers), high = Math.max(...numbers), reach = high - low || Math.abs(high) || 1;
  const place = (number) => left + room * (number - low) / reach;
  const title = entries.map((each) => `${each.name}: ${written(each.value)}${Number.isFinite(each.low) ? ` (${written(each.low)} to ${written(each.high)})` : ""}, n = ${each.n}`).join("; ");
  return drawing(width, row * entries.length + 4, title,
    ...(zero === null ? [] : [shape("line", { x1: place(zero), x2: place(zero), y1: 0, y2: row * entries.length, class: "zero" })]),
    ...entries.flatMap((each, index) => {
      const middle = index * row + row / 2;
      return [
        shape("text", { x: left - 8, y: middle + 4, "text-anchor": "end", class: "strong" }, each.name.length > 20 ? `${each.name.slice(0, 19)}…` : each.name),
        ...(Number.isFinite(each.mark) ? [shape("line", { x1: place(each.mark), x2: place(each.mark), y1: middle - 9, y2: middle + 9, class: "zero" })] : []),
        ...(Number.isFinite(each.low) ? [shape("line", { x1: place(each.low), x2: place(each.high), y1: middle, y2: middle, class: `span ${each.tone ?? ""}` })] : []),
        ...(Number.isFinite(each.value) ? [shape("circle", { cx: place(each.value), cy: middle, r: 4.5, class: `dot ${each.tone ?? ""}` })] : []),
        shape("text", { x: width - 2, y: middle + 4, "text-anchor": "end" }, written(each.value)),
      ];
    }));
}

// A measure day by day; the days looked at are shaded. Days without a packet that says anything break the line.
export function course(points, written, since) {
  const width = 320, height = 74, top = 8, bottom = height - 16;
  const known = points.filter((point) => point.value !== null);
  const least = Math.min(...known.map((point) => point.value)), most = Math.max(...known.map((point) => point.value)), reach = most - least || 1;
  const first = Date.parse(points[0].day), last = Math.max(Date.parse(points.at(-1).day), first + 1);
  const across = (day) => 34 + (width - 40) * (Date.parse(day) - first) / (last - first);
  const up = (value) => bottom - (bottom - top) * (value - least) / reach;
  let path = "", pen = "M";
  for (const point of points) {
    if (point.value === null) { pen = "M"; continue; }
    path += `${pen}${across(point.day).toFixed(1)} ${up(point.value).toFixed(1)} `;
    pen = "L";
  }
  const begin = since ? Math.max(34, Math.min(width - 6, across(since.slice(0, 10)))) : width;
  const title = `${written(known[0].value)} on ${known[0].day}, ${written(known.at(-1).value)} on ${known.at(-1).day}; between ${written(least)} and ${written(most)}`;
  return drawing(width, height, title,
    shape("rect", { x: begin, y: 0, width: Math.max(0, width - 4 - begin), height: bottom + 4, class: "window" }),
    shape("line", { x1: 34, x2: width - 6, y1: bottom, y2: bottom, class: "axis" }),
    shape("text", { x: 30, y: top + 4, "text-anchor": "end" }, written(most)),
    shape("text", { x: 30, y: bottom + 2, "text-anchor": "end" }, reach === 1 && most === least ? "" : written(least)),
    shape("text", { x: 34, y: height - 2 }, points[0].day.slice(5)),
    shape("text", { x: width - 6, y: height - 2, "text-anchor": "end" }, points.at(-1).day.slice(5)),
    shape("path", { d: path, class: "line" }),
    ...(known.length === 1 ? [shape("circle", { cx: across(known[0].day), cy: up(known[0].value), r: 3, class: "dot" })] : []));
}
