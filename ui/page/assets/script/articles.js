// The list of the articles: search, choose, remove.

let drawList = () => {};

function mountArticles({ element, props, trigger, server, watch, upload }) {
  triggers.articles = trigger;
  const field = (type, label, wide) => {
    const input = make("input", { type });
    input.addEventListener("input", () => refreshSoon());
    return { input, label: make("label", { class: wide ? "wide" : "" }, label, input) };
  };
  const search = field("search", "Search titles and authors", true);
  const first = field("date", "Published from");
  const last = field("date", "to");
  const used = make("input", { type: "checkbox", onchange: () => drawList() });
  const datesToo = make("button", { type: "button", onclick: () => limitTo({ first: first.input.value, last: last.input.value }) }, "Ask only these dates");
  const list = make("ul", { class: "list", "aria-label": "Articles" });
  const count = make("p", { class: "dim", role: "status" });
  const drop = makeDrop(props, trigger, upload);
  find(".articles", element).replaceChildren(drop.box,
    make("div", { class: "filters" }, search.label, first.label, last.label, datesToo,
      make("label", { class: "tick" }, used, "used by the answer on screen")), count, list);
  let headers = { found: 0, articles: [] };
  let timer = 0;
  const refreshSoon = () => { clearTimeout(timer); timer = setTimeout(refresh, 150); };
  async function refresh() {
    headers = await server.headers({ text: search.input.value, first: first.input.value, last: last.input.value });
    drawList();
  }
  drawList = () => {
    const cited = new Set([...(turns.get(looked)?.values() || [])].map((citation) => citation.article));
    const shown = headers.articles.filter(({ id }) => !used.checked || cited.has(id));
    datesToo.hidden = !(first.input.value || last.input.value);
    count.textContent = used.checked ? `${shown.length} used by the answer`
      : headers.found > shown.length ? `${shown.length} of ${headers.found.toLocaleString("en")} articles; search to see others` : `${shown.length} article${shown.length === 1 ? "" : "s"}`;
    list.replaceChildren(...shown.map(({ id, title, date }) => {
      const tick = make("input", { type: "checkbox", "aria-label": "Ask only this article: " + title, title: "Ask only the ticked articles",
        onchange: () => limitTo({ ids: tick.checked ? [...chosen.ids, id] : chosen.ids.filter((other) => other !== id) }) });
      tick.checked = chosen.ids.includes(id);
      return make("li", { "data-id": id }, tick,
        make("div", { class: "what" }, make("button", { type: "button", class: "title", onclick: () => openArticle(id) }, title),
          make("span", { class: "dim" + (cited.has(id) ? " used" : "") }, date)),
        make("button", { type: "button", "aria-label": "Remove: " + title, onclick: () => askToRemove(id, title) }, "Remove"));
    }));
  };
  const askToRemove = async (id, title) => {
    if (await confirmed("Remove this article?", `“${title}” will no longer be searched. A file in your folder stays where it is; one that was dropped here is deleted.`, "Remove")) {
      if (chosen.ids.includes(id)) limitTo({ ids: chosen.ids.filter((other) => other !== id) });
      articles.delete(id);
      search.input.focus();
      trigger("remove", { id });
    }
  };
  watch("value", () => { drop.draw(); if (props.value?.changed) { refresh(); welcomeAnew(); } });
  refresh();
}
