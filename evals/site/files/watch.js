// What happens in production: drift, groups, sampled packets.
import { el } from "/desktop/files/elements.js";
import { call } from "/desktop/files/service.js";
import { course, dots, mixBars } from "./charts.js";
import { between, chance, code, fill, phrase, pill, state, table, teach, TONE, value, when } from "./words.js";

const NO_DATA = "not enough data";
const BY = { domain: "line of business", language: "language", channel: "channel" };

function asked(form) {
  const fields = new URLSearchParams();
  for (const [name, text] of new FormData(form)) if (String(text).trim()) fields.set(name, String(text).trim());
  return fields;
}

function dates(chosen, ...more) {
  return el("form", { class: "bar" },
    el("label", {}, "From", el("input", { type: "date", name: "from", value: chosen.get("from") ?? "" })),
    el("label", {}, "To", el("input", { type: "date", name: "to", value: chosen.get("to") ?? "" })),
    ...more, el("button", { type: "submit" }, "Show"));
}

export async function showDrift(place, chosen) {
  const [found, days, runs] = await Promise.all([call(`/v1/quality/drift?${chosen}`), call("/v1/quality/course"), call("/v1/quality/runs?limit=50")]);
  const options = [["", "the 28 days before"], ...runs.items.filter((run) => run.finished).map((run) => [run.name, `run ${run.name}`])];
  const against = el("select", { name: "against" }, ...options.map(([name, text]) => el("option", { value: name, selected: chosen.get("against") === name ? "" : undefined }, text)));
  const form = dates(chosen, el("label", {}, "Held against", against));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = `drift?${asked(form)}`;
  });
  const alerts = found.shifts.filter((shift) => shift.alert);
  const thin = found.shifts.filter((shift) => shift.state === NO_DATA);
  const judged = found.shifts.filter((shift) => shift.state !== NO_DATA);
  const written = (form_) => (number) => value(form_, number);
  const mixes = found.shifts.filter((shift) => shift.form === "mix" && shift.labels.length);
  fill(place, 
    el("section", {},
      el("h2", {}, "Drift"),
      form,
      el("p", { class: `verdict-line ${alerts.length ? "bad" : judged.length ? "good" : ""}` }, alerts.length ? `${alerts.length} to look at` : judged.length ? "Nothing surely moved by enough to matter" : "Not enough data to say anything"),
      el("p", { class: "note" }, `${found.now.packets} packets (${found.now.checked} checked) of ${found.now.name}, held against ${found.before.packets} (${found.before.checked} checked) of ${found.before.name}. A change counts as sure below p = 0.01, raised for all measures (Holm), and has to be large enough to matter, too.`),
      found.now.packets ? null : teach("No packet was made in this window. As soon as the service makes packets they are noted here, a share of them (", code("ASSIST_SAMPLE_SHARE"), ") checked against their conversations. ", code("assist evals watch --once --share 1 --since 2026-11-01"), " checks what is there already."),
      el("div", { class: "cards" }, ...alerts.map(alertCard))),
    mixes.length ? el("section", {},
      el("h2", {}, "What the packets are about"),
      el("p", {}, el("span", { class: "key" }, el("i", {}), "now"), el("span", { class: "key" }, el("i", { class: "before" }), "before")),
      el("div", { class: "grid" }, ...mixes.map((shift) => el("figure", {},
        el("figcaption", {}, shift.title, state(shift.state)),
        mixBars(shift.labels.slice(0, 7), (number) => `${Math.round(100 * number)} %`),
        el("small", {}, `index ${shift.index.toFixed(2)}, ${shift.by_chance.toFixed(2)} by chance alone; p ${chance(shift.p)}; n ${shift.n} and ${shift.n_before}`))))) : null,
    days.lines.length ? el("section", {},
      el("h2", {}, "Day by day"),
      el("p", { class: "note" }, "The last 35 days, in UTC; the window looked at is shaded."),
      el("div", { class: "grid" }, ...[{ title: "packets made", form: "count", points: days.packets }, ...days.lines.filter((line) => line.points.some((point) => point.value))].map((line) => el("figure", {},
        el("figcaption", {}, line.title, el("small", {}, value(line.form, line.points.at(-1).value))),
        course(line.points, written(line.form), found.now.since))))) : null,
    el("section", {},
      el("details", innerWidth > 760 ? { open: "" } : {}, el("summary", {}, el("b", {}, "Every measure")),
      table(["Measure", "#Now, 95 %", "#Before", "#n", "#n before", "#p", ""], judged.map((shift) => [
        shift.title, shift.form === "mix" ? `index ${shift.index?.toFixed(2) ?? "–"}` : `${value(shift.form, shift.now)}  ${shift.low === null ? "" : `(${between(shift.form, shift.low, shift.high)})`}`,
        shift.form === "mix" ? "–" : value(shift.form, shift.before), String(shift.n), String(shift.n_before), chance(shift.p), state(shift.state)]), { label: "Measures" })),
      thin.length ? el("details", {}, el("summary", {}, `${thin.length} measures have too few packets to say anything of them`),
        el("p", { class: "note" }, "That is not the same as steady."),
        el("ul", { class: "plain" }, ...thin.map((shift) => el("li", {}, `${shift.title}: ${shift.n} packets now, ${shift.n_before} before`)))) : null));
}

function alertCard(shift) {
  const moved = [...shift.labels].sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before)).slice(0, 3);
  const told = shift.form === "mix"
    ? moved.map((each) => `${each.label.replaceAll("_", " ")} ${Math.round(100 * each.before)} → ${Math.round(100 * each.now)} %`).join(", ")
    : shift.form === "count" ? `${value("count", shift.now)} in ${shift.n} checked packets` : `${value(shift.form, shift.before)} → ${value(shift.form, shift.now)}`;
  return el("div", { class: `card ${TONE[shift.state]}` }, el("b", {}, shift.title), el("span", {}, told), el("p", { class: "soft" }, ...phrase(shift.look)),
    shift.form === "count" || shift.sampled ? el("p", {}, el("a", { href: "#samples?faults=true" }, "Sampled packets with faults")) : null);
}

export async function showGroups(place, chosen) {
  const found = await call(`/v1/quality/bias?${chosen}`);
  const form = dates(chosen, el("label", {}, "A group needs", el("input", { type: "number", name: "least", min: "5", max: "100000", value: chosen.get("least") ?? String(found.least) })));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = `groups?${asked(form)}`;
  });
  const judged = found.values.filter((each) => each.state !== NO_DATA);
  const worse = judged.filter((each) => each.state === "worse");
  const small = found.groups.filter((group) => !group.enough);
  const shown = new Map();
  for (const each of judged) if (["worse", "better", "changed"].includes(each.state)) shown.set(`${each.by}|${each.measure}`, each);
  const figures = [...shown.values()].map((first) => {
    const entries = judged.filter((each) => each.by === first.by && each.measure === first.measure)
      .map((each) => ({ name: each.group, value: each.value, low: each.low, high: each.high, mark: each.others, n: each.n, tone: TONE[each.state] }));
    return el("figure", {}, el("figcaption", {}, first.title, el("small", {}, `by ${BY[first.by]}`)), dots(entries, (number) => value(first.form, number)), el("small", {}, `dashed: all others; n ${entries.map((entry) => entry.n).join(", ")}`));
  });
  fill(place, 
    el("section", {},
      el("h2", {}, "Does quality differ between groups?"),
      form,
      el("p", { class: `verdict-line ${worse.length ? "bad" : judged.length ? "good" : ""}` }, worse.length ? `${worse.length} comparisons surely worse` : judged.length ? "No group was seen to fare worse by enough to matter" : "Not enough data to compare groups"),
      el("p", { class: "note" }, `${found.packets} packets of ${found.name}, each group held against all others together. Sure means p < 0.01, raised for all comparisons (Holm). A difference is no proof of its cause: groups may want other things, so compare within one intent before you conclude.`),
      small.length ? el("p", { class: "note" }, `Too small to judge, which is not the same as treated alike: ${small.map((group) => `${BY[group.by]} ${group.group} (${group.packets})`).join(", ")}.`) : null,
      judged.length ? null : teach("A group needs ", String(found.least), " packets, and so do the others together. Until then, look at single packets under “Sampled packets”."),
      el("div", { class: "cards" }, ...worse.map((each) => el("div", { class: "card bad" }, el("b", {}, `${BY[each.by]} ${each.group}: ${each.title}`),
        el("span", {}, `${value(each.form, each.value)} (${between(each.form, each.low, each.high)}), all others ${value(each.form, each.others)}`), el("p", { class: "soft" }, ...phrase(each.look)))))),
    figures.length ? el("section", {}, el("h2", {}, "Where groups differ"), el("div", { class: "grid" }, ...figures)) : null,
    judged.length ? el("section", {}, el("details", {}, el("summary", {}, `All ${judged.length} comparisons`),
      table(["Group", "Measure", "#Value, 95 %", "#All others", "#n", "#p", ""], judged.map((each) => [
        `${BY[each.by]}: ${each.group}`, each.title, `${value(each.form, each.value)}  ${each.low === null ? "" : `(${between(each.form, each.low, each.high)})`}`, value(each.form, each.others), String(each.n), chance(each.p), state(each.state)]), { label: "Comparisons" }))) : null);
}

export async function showSamples(place, chosen) {
  const only = chosen.get("faults") === "true";
  const box = el("input", { type: "checkbox" });
  box.checked = only;
  box.addEventListener("change", () => { location.hash = box.checked ? "samples?faults=true" : "samples"; });
  const list = el("div", {});
  const more = el("button", { type: "button", hidden: "" }, "Show more");
  const heads = ["Packet", "About", "Faults found", ""];
  let cursor = null;
  const load = async () => {
    const page = await call(`/v1/quality/samples?limit=50&faults=${only}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    const made = table(heads, page.items.map(sampleRow), { label: "Sampled packets" });
    if (!cursor) list.replaceChildren(page.items.length ? made : only ? teach("No fault was found in the packets that were checked.") : teach("No packet was checked yet. The service checks a share of its packets (", code("ASSIST_SAMPLE_SHARE"), ") a minute after they are made; ", code("assist evals watch --once --share 1 --since 2026-11-01"), " checks all there are."));
    else list.querySelector("tbody").append(...made.querySelectorAll("tbody tr"));
    cursor = page.next_cursor;
    more.hidden = !cursor;
  };
  more.addEventListener("click", load);
  await load();
  fill(place, el("section", {},
    el("h2", {}, "Sampled packets"),
    el("p", { class: "note" }, "Statements of these packets were checked against the turns they cite, without labels and without a model, over the last 35 days. The checks err, too: how often is measured in every report, under “Trust”. Open a packet to judge it."),
    el("div", { class: "bar" }, el("label", { class: "beside" }, box, "only with faults")), list, more));
}

function sampleRow(each) {
  const bad = Object.entries(each.faults);
  return [
    [el("span", { class: "when" }, when(each.made_at)), el("br"), el("small", { class: "wide" }, each.handoff_id)],
    [`${(each.intent ?? "unknown").replaceAll("_", " ")}`, el("br"), el("small", {}, `${each.domain}, ${each.language}, ${each.channel}`)],
    bad.length ? el("span", {}, ...bad.flatMap(([check, count]) => [pill(`${count} ${check.replaceAll("_", " ")}`, ["gate_refused", "foreign_name"].includes(check) ? "warn" : "bad"), " "])) : pill(`none in ${each.statements} statements`, "good"),
    el("a", { href: `/desktop#${each.handoff_id}` }, "Open packet"),
  ];
}
