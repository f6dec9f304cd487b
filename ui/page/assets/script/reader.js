// The reader pane: an article as on paper, at the words that are cited.

let open = null; // {article, turn, key}

function cite(turn, key, byKeyboard) {
  const citation = turns.get(turn)?.get(key);
  if (!citation) return;
  open = { article: citation.article, turn, key };
  looked = turn;
  showCurrent();
  drawReader();
  showTab("reader", true);
  const target = find("#reader mark") || find("#reader .paragraph.cited-now") || find("#reader h2");
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  if (byKeyboard) { target.tabIndex = -1; target.focus({ preventScroll: true }); }
}

function showCurrent() {
  for (const mark of findAll(".mark")) mark.classList.toggle("current", !!open && mark.dataset.turn === open.turn && mark.dataset.cite === open.key);
}

function drawReader() {
  const pane = find("#reader .reader");
  if (!pane || !open) return;
  const article = articles.get(open.article);
  const citations = [...(turns.get(open.turn)?.values() || [])];
  const now = citations.find((citation) => citation.key === open.key);
  const place = citations.indexOf(now);
  const step = (by) => cite(open.turn, citations[(place + by + citations.length) % citations.length].key, false);
  const what = now && (now.key.startsWith("near") ? "Nearest" : "Footnote");
  const bar = now && make("div", { class: "citation-bar" },
    make("button", { type: "button", onclick: () => step(-1), "aria-label": "Previous footnote" }, "←"),
    make("span", { "aria-live": "polite" }, `${what} ${place + 1} of ${citations.length}`),
    make("button", { type: "button", onclick: () => step(1), "aria-label": "Next footnote" }, "→"));
  const changed = now?.changed && make("p", { class: "changed" }, now.changed + " These were the words: ", make("q", {}, now.quote));
  const close = make("button", { type: "button", class: "close", onclick: closePane }, "Back to the answer");
  if (!article) return pane.replaceChildren(make("div", { class: "reader-top" }, close, bar), make("h2", {}, now?.title || ""), changed || make("p", {}, "Loading …"));
  const cited = new Set(citations.filter((citation) => citation.article === article.id).map((citation) => citation.paragraph));
  let last = 0;
  const paragraphs = article.paragraphs.flatMap((paragraph) => {
    const gap = paragraph.number > last + 1 ? [make("p", { class: "gap dim" }, `paragraphs ${last + 1} to ${paragraph.number - 1} left out here`)] : [];
    last = paragraph.number;
    return [...gap, drawParagraph(paragraph, cited.has(paragraph.number), now?.paragraph === paragraph.number && now.article === article.id && !now.changed ? now : null)];
  });
  pane.replaceChildren(
    make("div", { class: "reader-top" }, close, bar),
    make("h2", {}, article.title),
    make("p", { class: "facts" }, ...article.facts.map((fact) => make("span", {}, fact))),
    ...(changed ? [changed] : []),
    make("div", { class: "paragraphs" }, ...paragraphs),
    ...(article.left_out ? [make("p", { class: "dim" }, `${article.left_out.toLocaleString("en")} paragraphs of this long article are not shown.`)] : []),
    make("p", { class: "dim address" }, article.id),
  );
}

const KINDS = { caption: "Caption", comment: "Reader’s comment", boilerplate: "From the web page" };
function drawParagraph(paragraph, isCited, now) {
  const { number, kind, text } = paragraph;
  const parts = now
    ? [text.slice(0, now.start), make("mark", {}, text.slice(now.start, now.end)), text.slice(now.end)]
    : [text];
  return make("div", { class: `paragraph ${kind}${isCited ? " cited" : ""}${now ? " cited-now" : ""}`, "data-number": number },
    make("span", { class: "number", "aria-label": `paragraph ${number}` }, String(number)),
    make(kind === "heading" ? "h3" : "p", {}, ...(KINDS[kind] ? [make("span", { class: "kind" }, KINDS[kind])] : []), ...parts));
}

let readArticle = null;
function mountReader({ server }) {
  readArticle = server.article;
}

async function openArticle(id) {
  open = { article: id, turn: "", key: "" };
  drawReader();
  showTab("reader", true);
  if (!articles.has(id)) {
    const article = await readArticle(id);
    if (article) articles.set(id, article);
  }
  drawReader();
  find("#reader .reader")?.scrollTo(0, 0);
}
