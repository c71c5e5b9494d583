// Runs: the list, a report in its sandbox, two runs held against each other, what went live.
import { el } from "/desktop/files/elements.js";
import { call } from "/desktop/files/service.js";
import { dots } from "./charts.js";
import { between, chance, code, fill, phrase, pill, state, table, teach, TONE, value, when } from "./words.js";

const at = (name) => encodeURIComponent(name);

export async function showRuns(place) {
  const page = await call("/v1/quality/runs?limit=25");
  const chosen = [];
  const compare = el("button", { type: "button", disabled: "", onclick: () => {
    const [one, other] = [...chosen].sort((a, b) => (a.started_at < b.started_at ? -1 : 1));
    location.hash = `compare/${at(one.name)}/${at(other.name)}`;
  } }, "Compare two");
  const body = el("div", {});
  const more = el("button", { type: "button", hidden: "" }, "Show more");
  const choose = (run, box) => {
    if (box.checked) chosen.push(run);
    else chosen.splice(chosen.indexOf(run), 1);
    compare.disabled = chosen.length !== 2;
    compare.textContent = chosen.length === 1 ? "Choose one more" : "Compare two";
  };
  const rows = page.items.map((run) => row(run, choose));
  const own = page.items.filter((run) => run.name !== "baseline");
  fill(place, el("section", {},
    el("h2", {}, "Evaluation runs"),
    el("p", { class: "note" }, "Each run measured packets against labelled conversations. The gate holds a run against the baseline that ships: no error that must not happen, and nothing surely worse."),
    own.length ? null : teach("No runs of your own yet. Measure the shipped conversations with ", code("assist evals run"), ", or yours with ", code("assist evals run --data our-handoffs.jsonl"), "; the log appears here."),
    page.items.length ? el("div", { class: "bar" }, compare) : null,
    page.items.length ? table(["", "Run", "Data and configuration", "Headline", "Must not happen", "Gate", ""], rows, { label: "Runs" }) : null,
    body, more));
  let cursor = page.next_cursor;
  more.hidden = !cursor;
  more.addEventListener("click", async () => {
    const next = await call(`/v1/quality/runs?limit=25&cursor=${at(cursor)}`);
    const list = place.querySelector("tbody");
    list.append(...table(["", "Run", "Data and configuration", "Headline", "Must not happen", "Gate", ""], next.items.map((run) => row(run, choose))).querySelectorAll("tbody tr"));
    cursor = next.next_cursor;
    more.hidden = !cursor;
  });
}

function row(run, choose) {
  const box = el("input", { type: "checkbox", "aria-label": `Choose ${run.name} for comparison` });
  box.addEventListener("change", () => choose(run, box));
  const gate = el("span", {}, "…");
  if (run.finished) judge(run, gate);
  else gate.replaceChildren(pill("broken off", "warn"));
  return [
    run.finished ? box : "",
    [el("b", { class: "name" }, run.name), el("br"), el("small", { class: "when" }, when(run.started_at))],
    [el("div", {}, run.data.join("; ") || "–"), el("small", { class: "wide" }, configuration(run.configuration))],
    run.finished ? el("div", { class: "figures" }, ...run.headline.map(figure)) : el("span", { class: "soft wide" }, ...phrase(run.why ?? "")),
    run.finished ? pill(run.dangers ? `${run.dangers} seen` : "none seen", run.dangers ? "bad" : "good") : "–",
    gate,
    run.finished ? el("a", { href: `#report/${at(run.name)}` }, "Report") : "",
  ];
}

function figure(each) {
  return el("div", {}, el("small", {}, each.name), el("b", { class: each.met === false ? "bad" : undefined }, value(each.form, each.value)), el("small", {}, between(each.form, each.low, each.high)));
}

function configuration(values) {
  const told = Object.entries(values).filter(([name]) => !["seed", "suites", "data"].includes(name)).map(([name, each]) => `${name}: ${Array.isArray(each) ? each.join(", ") : each}`);
  return told.length ? told.join("; ") : "rules alone, no language model";
}

async function judge(run, place) {
  try {
    const found = await call(`/v1/quality/runs/${at(run.name)}/gate`);
    place.replaceChildren(el("details", {},
      el("summary", {}, pill(found.passed ? "passes" : `${found.failed} fail`, found.passed ? "good" : "bad")),
      el("ul", { class: "plain" }, ...found.findings.filter((each) => !each.passed || each.note).map((each) =>
        el("li", { class: each.passed ? "soft" : "bad" }, `${each.gate}: ${each.said}`)),
      found.findings.every((each) => each.passed && !each.note) ? el("li", { class: "soft" }, `All ${found.findings.length} gates pass.`) : null)));
  } catch (error) {
    place.replaceChildren(el("span", { class: "soft" }, error.message));
  }
}

export async function showReport(place, name) {
  const { html } = await call(`/v1/quality/runs/${at(name)}/report`);
  // No allow-same-origin: whatever stands in a report can neither read this page's key nor call the service.
  const frame = el("iframe", { sandbox: "allow-scripts", title: `Report of ${name}`, referrerpolicy: "no-referrer" });
  frame.srcdoc = html;
  const file = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  fill(place, el("section", {},
    el("div", { class: "bar" }, el("h2", { class: "wide" }, name), el("a", { href: "#runs" }, "All runs"), el("a", { href: file, download: `${name}.html` }, "Save as a file")),
    frame));
}

export async function showComparison(place, before, after) {
  const found = await call(`/v1/quality/comparison?before=${at(before)}&after=${at(after)}`);
  const counted = (name) => found.changes.filter((change) => change.judged === name).length;
  const moved = found.changes.filter((change) => change.judged !== "same");
  const surely = moved.filter((change) => change.judged !== "not sure");
  const worse = counted("worse");
  const signed = (change, number) => `${number > 0 ? "+" : ""}${value(change.form, number)}`;
  fill(place, el("section", {},
    el("h2", { class: "wide" }, `${found.before.name} → ${found.after.name}`),
    el("p", { class: `verdict-line ${worse ? "bad" : counted("better") ? "good" : ""}` }, `${counted("better")} better, ${worse} worse, ${counted("not sure")} not sure, ${counted("same")} the same`),
    el("p", { class: "note" }, "Sure means p < 0.05 in a paired test, raised for the number of measures compared (Holm). Intervals are of 95 %."),
    ...found.remarks.map((remark) => el("p", { class: "note" }, remark)),
    moved.length ? null : teach("The two runs answer every conversation alike. Change a prompt, a model, a rule or an article, and run again."),
    surely.length ? el("h3", {}, "Surely changed") : null,
    surely.length ? el("div", { class: "grid" }, ...surely.map((change) => el("figure", {},
      el("figcaption", {}, `${change.field}: ${change.name}`, state(change.judged)),
      dots([{ name: `${value(change.form, change.before)} → ${value(change.form, change.after)}`, value: change.after - change.before, low: change.low, high: change.high, n: change.n, tone: TONE[change.judged] }], (number) => signed(change, number), { zero: 0 })))) : null,
    moved.length ? el("h3", {}, "Everything that differs") : null,
    moved.length ? table(["Measure", "#Before", "#After", "#Change, 95 %", "#p", "#n", ""], moved.map((change) => [
      `${change.field}: ${change.name}`, value(change.form, change.before), value(change.form, change.after),
      `${signed(change, change.low)} to ${signed(change, change.high)}`, chance(change.p), String(change.n), state(change.judged)]), { label: "Changes" }) : null,
    found.flips.length ? el("h3", {}, `Conversations that flipped (${found.flips.length})`) : null,
    found.tallies.length ? el("ul", { class: "plain" }, ...found.tallies.map((tally) => el("li", {}, `${tally.score.replaceAll("_", " ")}: ${tally.gained} gained, ${tally.lost} lost, p ${chance(tally.p)} (McNemar)`))) : null,
    found.flips.length ? table(["Conversation", "Measure", "Was", "Became", ""], found.flips.slice(0, 200).map((flip) => [
      flip.case_id, flip.score.replaceAll("_", " "), flip.was, flip.became, pill(flip.gained ? "gained" : "lost", flip.gained ? "good" : "bad")]), { label: "Flips" }) : null,
    found.flips.length > 200 ? el("p", { class: "note" }, `The first 200 are shown; assist evals compare shows all.`) : null,
    el("p", {}, el("a", { href: "#runs" }, "All runs"))));
}

export async function showPromotions(place) {
  const page = await call("/v1/quality/promotions?limit=100");
  const rows = page.items.map((each) => [
    [el("b", {}, each.name), el("br"), el("small", { class: "when" }, when(each.at))],
    pill(each.action, each.action === "promoted" ? "good" : "warn"),
    each.by,
    each.note || "–",
    el("ul", { class: "plain" }, ...each.headline.map((line) => el("li", {}, `${line.name}: ${value(line.form, line.before)} → ${value(line.form, line.after)}`))),
    [el("span", { class: "wide" }, each.log ?? "–"), el("br"), el("small", { title: each.digest }, `entry ${each.number}, ${each.digest.slice(0, 12)}`)],
  ]);
  fill(place, el("section", {},
    el("h2", {}, "What went live"),
    el("p", { class: "note" }, "Every change of the configuration in force: when, by whom, and on which report. Each entry holds the digest of the one before it, so that a changed record is noticed."),
    rows.length ? table(["Configuration", "", "By", "Note", "Before → after", "Report"], rows, { label: "Promotions" })
      : teach("Nothing was promoted yet. Try a candidate configuration on recorded conversations first, beside the one in force; what is promoted then is written down here.")));
}
