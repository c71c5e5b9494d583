// The health report. What customers and authors wrote is put in as text.
import { el, words } from "./elements.js";

export function showHealth(place, report, open) {
  const article = (each) => el("span", {}, el("button", { type: "button", class: "link", onclick: () => open(each.article_id) }, each.title), el("small", { class: "meta" }, ` version ${each.version}`));
  const bare = report.coverage.filter((each) => !each.articles.length);
  const part = (title, found, none, ...shown) => [el("h2", {}, title), ...(found.length ? shown : [el("p", { class: "good" }, none)])];
  place.replaceChildren(
    el("p", { class: "meta" }, `Made on ${new Date(report.made_at).toUTCString()} from ${Object.entries(report.articles).map(([status, count]) => `${count} ${status}`).join(", ") || "no"} articles and ${report.handoffs} handoffs.`),
    el("div", { class: "cards" }, ...[["missing topics", report.gaps], ["possible contradictions", report.conflicts], ["speak to a model", report.suspicions], ["to review", report.stale], ["near-duplicates", report.duplicates], ["intents without article", bare]]
      .map(([name, found]) => el("div", { class: `card ${found.length ? "warn" : "good"}` }, el("b", {}, String(found.length)), name))),
    ...part("What is missing", report.gaps, "Nothing: every handoff came with an article.", ...report.gaps.flatMap((gap) => [
      el("p", {}, el("strong", {}, gap.title), el("small", { class: "meta" }, ` ${gap.size} ${gap.size === 1 ? "handoff" : "handoffs"} · taken for ${Object.entries(gap.intents).map(([intent, count]) => `${words(intent)} (${count})`).join(", ")}`)),
      ...gap.examples.map((example) => el("blockquote", {}, el("a", { href: `/desktop#${example.handoff_id}` }, example.text)))])),
    ...part("What may contradict itself", report.conflicts, "Nothing was found.", ...report.conflicts.map((each) => el("div", { class: "pair" },
      el("span", { class: "badge bad" }, each.kind), ...[each.one, each.other].map((side) => el("div", {}, article(side.article), el("blockquote", {}, side.text)))))),
    ...part("What speaks to a language model", report.suspicions, "Nothing was found.", ...report.suspicions.flatMap((each) => [el("p", {}, article(each.article)),
      ...each.orders.map((order) => el("blockquote", {}, el("small", { class: "meta" }, `line ${order.line}, ${order.why}: `), order.text))])),
    ...part("What may be out of date", report.stale, "Nothing: no date has passed, and no article is shown in vain.", table(["article", "why"], report.stale.map((each) => [article(each.article), each.reasons.join("; ")]))),
    ...part("What is said twice", report.duplicates, "Nothing was found.", table(["article", "and", "text in common"], report.duplicates.map((each) => [article(each.one), article(each.other), `${Math.round(each.shared * 100)} %`]))),
    el("h2", {}, "What customers want, and what serves it"),
    table(["domain", "intent", "articles", "handoffs", "answered"], report.coverage.map((each) => [each.domain, each.name,
      each.articles.length ? el("span", {}, ...each.articles.flatMap((one, index) => [index ? ", " : "", el("button", { type: "button", class: "link", onclick: () => open(one.article.article_id) }, one.article.title)])) : el("span", { class: "badge warn" }, "none"),
      each.handoffs ? String(each.handoffs) : "", each.handoffs ? String(each.answered) : ""])),
    ...report.notes.map((note) => el("p", { class: "meta" }, note)),
  );
}

function table(names, rows) {
  return el("table", {}, el("thead", {}, el("tr", {}, ...names.map((name) => el("th", {}, name)))), el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell))))));
}
