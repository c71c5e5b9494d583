// The versions of an article, what changed from one to the next, and the way back.
import { el } from "./elements.js";
import { call } from "./service.js";

export async function showHistory(place, article, { attempt, restored }) {
  const path = `/v1/articles/${encodeURIComponent(article.article_id)}`;
  const versions = await call(`${path}/versions`);
  const difference = el("div", {});
  const rows = versions.map((each, index) => el("tr", {},
    el("td", {}, `version ${each.version}`), el("td", {}, each.updated_at ? new Date(each.updated_at).toLocaleString() : ""), el("td", {}, each.author_name ?? each.author ?? ""), el("td", {}, each.status), el("td", {}, each.title),
    el("td", {},
      index + 1 < versions.length ? el("button", { type: "button", class: "link", onclick: () => attempt(async () => showDiff(difference, await call(`${path}/diff?before=${versions[index + 1].version}&after=${each.version}`)), "Comparing…") }, "what changed") : null, " ",
      index ? el("button", { type: "button", class: "link", onclick: () => attempt(async () => restored(await call(`${path}/versions/${each.version}/restore`, { method: "POST", headers: { "If-Match": `"${article.version}"` } })), "Restoring…") }, "restore") : null)));
  place.replaceChildren(el("h2", {}, "History"), el("table", {}, el("tbody", {}, ...rows)), difference);
}

export function showDiff(place, found) {
  place.replaceChildren(
    el("p", { class: "meta" }, `From version ${found.before} to version ${found.after}`),
    ...found.fields.map((each) => el("p", {}, el("strong", {}, each.field), `: ${each.before || "nothing"} → ${each.after || "nothing"}`)),
    found.lines.length ? el("div", { class: "diff" }, ...found.lines.map((line) => el("div", { class: line.kind }, line.text))) : el("p", { class: "meta" }, "The text is the same."));
}
