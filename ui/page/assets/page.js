"use strict";
// The page's own script: what must happen at once, without a way to the server and back. Each `mount…` is called by
// one gr.HTML component. Text of articles, models and people only ever becomes a text node; the one piece of HTML
// that comes from the server, escaped there, is let through `clean`.
const footnote = (() => {
  const turns = new Map(); // turn id -> {citations: Map(key -> citation)}
  const articles = new Map(); // article id -> article
  const triggers = {};
  const find = (selector, root = document) => root.querySelector(selector);
  const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child != null));
    return node;
  }

  const TAGS = /^(H2|P|DIV|SPAN|SUP|OL|UL|LI|A|BUTTON|CODE)$/;
  const ATTRIBUTES = /^(class|title|type|aria-label|data-[a-z]+)$/;
  function clean(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const node of findAll("*", template.content)) {
      if (!TAGS.test(node.tagName)) node.remove();
      for (const { name, value } of [...node.attributes])
        if (!ATTRIBUTES.test(name) && !(name === "href" && value.startsWith("#"))) node.removeAttribute(name);
    }
    return template.content;
  }

  const announce = (text) => (find("#announcer").textContent = text);
  const store = {
    get: (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; } },
  };

  // The conversation

  function mountTranscript({ element, props, trigger, watch }) {
    triggers.transcript = trigger;
    const draw = () => {
      const shown = props.value || {};
      const log = find(".turns", element);
      keepArticles(shown.articles || []);
      turns.clear();
      const ids = (shown.turns || []).map((turn) => "turn-" + turn.id);
      for (const box of findAll(".turn", log)) if (!ids.includes(box.id)) box.remove();
      for (const turn of shown.turns || []) {
        turns.set(turn.id, new Map(turn.citations.map((citation) => [citation.key, citation])));
        let box = document.getElementById("turn-" + turn.id);
        const isNew = !box;
        if (isNew) log.append((box = make("section", { class: "turn", id: "turn-" + turn.id })));
        if (box.footnoteHtml === turn.html) continue;
        box.footnoteHtml = turn.html;
        box.replaceChildren(clean(turn.html));
        box.setAttribute("aria-label", find(".question", box).textContent);
        if (isNew) box.scrollIntoView({ block: "start", behavior: "auto" });
      }
      if (shown.spoken) announce(shown.spoken);
      drawWelcome(element, shown);
      drawList();
    };
    watch("value", draw);
    draw();
  }

  // Of a very long article each answer brings the part around what it cites.
  function keepArticles(shown) {
    const fresh = new Map();
    for (const article of shown) {
      const all = [...(fresh.get(article.id)?.paragraphs || []), ...article.paragraphs];
      const paragraphs = [...new Map(all.map((paragraph) => [paragraph.number, paragraph])).values()].sort((a, b) => a.number - b.number);
      fresh.set(article.id, { ...article, paragraphs, left_out: article.left_out + article.paragraphs.length - paragraphs.length });
    }
    for (const [id, article] of fresh) articles.set(id, article);
  }

  function drawWelcome(element, shown) {
    const welcome = find(".welcome", element);
    welcome.hidden = (shown.turns || []).length > 0;
    if (!shown.welcome || welcome.footnoteFor === JSON.stringify(shown.welcome)) return;
    welcome.footnoteFor = JSON.stringify(shown.welcome);
    const { articles: count, dates, examples } = shown.welcome;
    welcome.replaceChildren(
      make("h2", {}, count ? "What do you want to know?" : "There are no articles yet."),
      make("p", { class: "dim" }, count
        ? `${count.toLocaleString("en")} article${count === 1 ? "" : "s"}${dates ? ", " + dates : ""}. Every sentence of an answer is footnoted to a paragraph.`
        : "Drop files or a folder on “Articles”, and ask as soon as the first is read."),
      make("ul", { class: "examples" }, ...examples.map((question) => make("li", {},
        make("button", { type: "button", onclick: () => triggers.transcript("again", { turn: "", question }) }, question)))),
    );
  }

  function act(pressed) {
    const { act: name, turn } = pressed.dataset;
    if (name === "copy") return copy(turn, pressed);
    if (name === "edit") return edit(turn);
    if (name === "up" || name === "down") return openFeedback(turn, name);
    if (name === "retry") return triggers.transcript("again", { turn });
    if (name === "as-written") return triggers.transcript("again", { turn, as_written: true });
    if (name === "undo") return triggers.transcript("undo", { turn });
    if (name === "test") return triggers.transcript("test", { turn });
  }

  async function copy(turn, pressed) {
    const box = document.getElementById("turn-" + turn);
    const text = findAll(".short, .sentences, .outcome, .reason, .footnotes li, .nearest li", box).map((node) => {
      const part = node.cloneNode(true);
      findAll("sup a", part).forEach((mark) => (mark.textContent = `[${mark.textContent}]`));
      findAll(".footnotes .number", part).forEach((number) => number.append(" "));
      return part.textContent.replace(/\s+/g, " ").trim();
    });
    await toClipboard([find(".question", box).textContent, ...text].join("\n"));
    const before = pressed.textContent;
    pressed.textContent = "Copied";
    setTimeout(() => (pressed.textContent = before), 1500);
  }

  async function toClipboard(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = make("textarea", {}, text); // a browser has no clipboard for a page without https
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function edit(turn) {
    const question = find("#turn-" + turn + " .question");
    const area = make("textarea", { rows: 2, "aria-label": "Edit the question", maxlength: 2000 });
    area.value = question.textContent;
    const close = () => { box.replaceWith(question); };
    const send = () => { close(); triggers.transcript("again", { turn, question: area.value }); };
    const box = make("div", { class: "editing" }, area,
      make("button", { type: "button", onclick: send }, "Ask"), make("button", { type: "button", onclick: close }, "Cancel"));
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
      if (event.key === "Escape") { event.stopPropagation(); close(); }
    });
    question.replaceWith(box);
    area.focus();
  }

  // The reader pane

  let open = null; // {article, turn, key}

  function cite(turn, key, byKeyboard) {
    const citation = turns.get(turn)?.get(key);
    if (!citation) return;
    open = { article: citation.article, turn, key };
    findAll(".mark.current").forEach((mark) => mark.classList.remove("current"));
    findAll(`.mark[data-turn="${turn}"][data-cite="${key}"]`).forEach((mark) => mark.classList.add("current"));
    drawReader();
    showTab("reader", true);
    const target = find("#reader mark") || find("#reader .paragraph.cited-now") || find("#reader h2");
    if (!target) return;
    target.scrollIntoView({ block: "center" });
    if (byKeyboard) { target.tabIndex = -1; target.focus({ preventScroll: true }); }
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

  function closePane() {
    document.body.classList.remove("pane-open");
    if (open) find(`.mark[data-turn="${open.turn}"][data-cite="${open.key}"], [data-turn="${open.turn}"][data-cite="${open.key}"]`)?.focus();
    else find("#composer textarea")?.focus();
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

  // Tabs

  const TABS = ["reader", "articles", "kept"];
  function showTab(name, openPane) {
    document.body.dataset.tab = name;
    for (const tab of findAll("#tabs [role=tab]")) {
      const isIt = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", isIt);
      tab.tabIndex = isIt ? 0 : -1;
    }
    if (openPane) document.body.classList.add("pane-open");
    hideCard();
  }

  function mountTabs({ element }) {
    for (const tab of findAll("[role=tab]", element)) {
      tab.addEventListener("click", () => showTab(tab.dataset.tab, true));
      tab.addEventListener("keydown", (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        const next = TABS[(TABS.indexOf(tab.dataset.tab) + by + TABS.length) % TABS.length];
        showTab(next, true);
        find(`#tabs [data-tab=${next}]`).focus();
      });
    }
    showTab(document.body.dataset.tab || "reader", false);
  }

  // The card that hovers over a mark

  function showCard(link) {
    const citation = turns.get(link.dataset.turn)?.get(link.dataset.cite);
    const card = find("#card");
    if (!citation || !card) return;
    card.replaceChildren(make("strong", {}, citation.title),
      make("span", { class: "dim" }, `${citation.date} · paragraph ${citation.paragraph}`), make("q", {}, citation.quote));
    card.hidden = false;
    const at = link.getBoundingClientRect();
    const below = at.bottom + card.offsetHeight + 8 < innerHeight;
    card.style.top = Math.max(8, below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + "px";
    card.style.left = Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8)) + "px";
  }
  const hideCard = () => { const card = find("#card"); if (card) card.hidden = true; };

  // The articles: a list to search, files in and out, and the choice of what the next question may use

  let chosen = { ids: [], first: "", last: "" };
  let limitProps = null;
  let drawList = () => {};

  function mountLimit({ element, props }) {
    limitProps = props;
    drawLimit(element);
  }

  function limitTo(change) {
    chosen = { ...chosen, ...change };
    limitProps.value = chosen;
    drawLimit(find("#limit"));
    drawList();
  }

  function drawLimit(element) {
    const { ids, first, last } = chosen;
    const parts = [ids.length && `${ids.length} chosen article${ids.length === 1 ? "" : "s"}`,
      (first || last) && `published ${first ? "from " + first : ""}${last ? " to " + last : ""}`].filter(Boolean);
    const all = make("button", { type: "button", onclick: () => limitTo({ ids: [], first: "", last: "" }) }, "Ask all articles");
    find(".limit", element).replaceChildren(...(parts.length ? [make("span", {}, "Asking only: " + parts.join(", ")), all] : []));
  }

  function mountArticles({ element, props, trigger, server, watch, upload }) {
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
      const turn = open?.turn || [...turns.keys()].pop();
      const cited = new Set([...(turns.get(turn)?.values() || [])].map((citation) => citation.article));
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
        trigger("remove", { id });
      }
    };
    watch("value", () => { drop.draw(); if (props.value?.changed) { refresh(); welcomeAnew(); } });
    refresh();
  }

  function makeDrop(props, trigger, upload) {
    const { files: most, megabytes } = props.value.limits;
    const pick = (folder) => {
      const input = make("input", { type: "file", multiple: true, webkitdirectory: folder, hidden: true, "aria-label": folder ? "A folder of articles" : "Files with articles" });
      input.addEventListener("change", () => send([...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }))));
      return input;
    };
    const files = pick(false), folder = pick(true);
    const bar = make("progress", { max: 1, value: 0, hidden: true, "aria-label": "Reading files" });
    const said = make("p", { class: "dim", role: "status" });
    const lines = make("ul", { "aria-label": "What became of each file" });
    const box = make("div", { class: "drop" },
      make("div", { class: "words" }, "Drop files or folders here, or choose",
        make("button", { type: "button", onclick: () => files.click() }, "files"),
        make("button", { type: "button", onclick: () => folder.click() }, "a folder")), files, folder, bar, said, lines);
    const line = ({ status, path, details }) => make("li", { class: status }, make("strong", {}, status), ` ${path} `, make("span", { class: "dim" }, details));
    const show = (done, total, text) => { bar.hidden = false; bar.max = total || 1; bar.value = done; said.textContent = text; };
    let refused = [];

    async function send(picked) {
      const fits = picked.filter(({ file, name }) => file.size <= megabytes * 2 ** 20 && !name.split("/").some((part) => part.startsWith(".")));
      refused = picked.filter(({ file }) => file.size > megabytes * 2 ** 20).map(({ name }) => ({ status: "failed", path: name, details: `It is larger than ${megabytes} MB.` }));
      refused.push(...fits.splice(most).map(({ name }) => ({ status: "failed", path: name, details: `At most ${most} files at once; drop it again.` })));
      lines.replaceChildren();
      const sent = [];
      for (const { file, name } of fits) {
        show(sent.length, fits.length, `sending ${sent.length + 1} of ${fits.length}`);
        try { sent.push({ name, path: (await upload(file)).path }); }
        catch { refused.push({ status: "failed", path: name, details: "It did not arrive. Drop it again." }); }
      }
      if (sent.length) trigger("bring", { files: sent });
      else { bar.hidden = true; said.textContent = ""; lines.replaceChildren(...refused.map(line)); }
    }
    const draw = () => {
      const { progress, lines: told = [] } = props.value || {};
      if (progress) return show(progress.done, progress.total, `${progress.task}${progress.total ? `, ${progress.done} of ${progress.total}` : " …"}`);
      bar.hidden = true;
      said.textContent = "";
      lines.replaceChildren(...[...told, ...refused].map(line));
      refused = [];
    };
    box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
    box.addEventListener("dragleave", () => box.classList.remove("over"));
    box.addEventListener("drop", async (event) => {
      event.preventDefault();
      box.classList.remove("over");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      send((await Promise.all(entries.map(filesBelow))).flat());
    });
    return { box, draw };
  }

  async function filesBelow(entry) {
    if (entry.isFile) return [{ name: entry.fullPath.slice(1), file: await new Promise((done, failed) => entry.file(done, failed)) }];
    const reader = entry.createReader();
    const found = [];
    for (;;) { // it gives a hundred at a time
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return found;
      for (const below of some) found.push(...(await filesBelow(below)));
    }
  }

  // Conversations, kept in this browser only

  const KEPT = "footnote.kept.";
  let keptProps = null;

  function mountKept({ element, props, trigger, watch }) {
    triggers.kept = trigger;
    keptProps = props;
    const pane = find(".kept", element);
    const draw = () => {
      const kept = Object.keys(localStorage).filter((name) => name.startsWith(KEPT)).map((name) => store.get(name)).filter(Boolean).sort((a, b) => b.at - a.at);
      const word = (text, onclick, label) => make("button", { type: "button", onclick, "aria-label": label }, text);
      pane.replaceChildren(
        make("p", { class: "dim" }, "Kept in this browser only. The open one can be taken along as a file:"),
        make("p", { class: "words" }, word("Export as HTML", () => trigger("export", { format: "html" })), " · ", word("Export as Markdown", () => trigger("export", { format: "markdown" }))),
        make("ul", { class: "list", "aria-label": "Conversations" }, ...kept.map(({ id, at, title, conversation }) => make("li", {},
          make("div", { class: "what" }, make("button", { type: "button", class: "title", onclick: () => openKept(conversation) }, title),
            make("span", { class: "dim" }, new Date(at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" }) + (props.value?.id === id ? " · open" : ""))),
          word("Delete", async () => {
            if (!(await confirmed("Delete this conversation?", `“${title}” is kept nowhere else.`, "Delete"))) return;
            localStorage.removeItem(KEPT + id);
            if (props.value?.id === id) openKept(null);
            draw();
          }, "Delete: " + title)))));
    };
    watch("value", () => {
      const conversation = props.value;
      if (conversation?.turns?.length) {
        sessionStorage.setItem("footnote.open", conversation.id);
        const entry = { id: conversation.id, at: Date.now(), title: conversation.turns[0].question, conversation };
        if (!store.set(KEPT + conversation.id, entry)) notice("This browser’s storage is full: delete old conversations to keep this one.");
      } else sessionStorage.setItem("footnote.open", "none");
      draw();
    });
    const openId = sessionStorage.getItem("footnote.open");
    const last = openId ? store.get(KEPT + openId) : null;
    trigger("restore", { conversation: last?.conversation || null });
    draw();
  }

  function openKept(conversation) {
    open = null;
    triggers.kept("restore", { conversation });
    document.body.classList.remove("pane-open");
    if (!conversation) find("#composer textarea")?.focus();
  }

  function welcomeAnew() { if (!keptProps?.value?.turns?.length) triggers.kept("restore", { conversation: null }); }

  // What comes back from the server: a file, a word, a test question

  function mountOutbox({ props, watch }) {
    watch("value", () => {
      const { download: name, text, notice: said, question } = props.value || {};
      if (name) download(name, text);
      if (said) notice(said);
      if (question) showQuestion(question);
    });
  }

  function download(name, text) {
    const url = URL.createObjectURL(new Blob([text], { type: name.endsWith(".html") ? "text/html" : "text/plain" }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  function notice(text) {
    find("#notice")?.remove();
    document.body.append(make("div", { id: "notice", role: "status" }, text));
    setTimeout(() => find("#notice")?.remove(), 4000);
  }

  function dialog(title, ...children) {
    const box = make("dialog", { "aria-label": title }, make("h2", {}, title), ...children);
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
    return box;
  }
  const button = (text, onclick, strong) => make("button", { type: "button", class: strong ? "primary-word" : "", onclick }, text);

  function confirmed(title, text, yes) {
    return new Promise((resolve) => {
      const done = (answer) => () => { resolve(answer); box.close(); };
      const box = dialog(title, make("p", {}, text), make("div", { class: "words" }, button(yes, done(true), true), button("Cancel", done(false))));
      box.addEventListener("close", () => resolve(false));
    });
  }

  function openFeedback(turn, thumb) {
    const reason = make("textarea", { maxlength: 2000, "aria-label": "Why, if you like" });
    const send = () => { triggers.transcript("feedback", { turn, thumb, reason: reason.value }); box.close(); };
    const box = dialog(thumb === "up" ? "A good answer" : "What is wrong with it?", reason,
      make("div", { class: "words" }, button("Send", send, true), button("Cancel", () => box.close())));
  }

  function showQuestion(text) {
    const area = make("textarea", { class: "code", readonly: true, "aria-label": "The entry" }, text);
    const box = dialog("A test question", make("p", { class: "dim" }, "Look it over, and put it into a file of evals/questions."), area,
      make("div", { class: "words" }, button("Copy", () => { toClipboard(text); }, true),
        button("Save as a file", () => download("question.yaml", text)), button("Close", () => box.close())));
  }

  // The masthead

  function mountMasthead({ element }) {
    const dark = find("[data-page=dark]", element);
    const show = (isDark) => { document.body.classList.toggle("dark", isDark); dark.setAttribute("aria-pressed", isDark); };
    show(store.get("footnote.dark") ?? document.body.classList.contains("dark"));
    dark.addEventListener("click", () => { show(!document.body.classList.contains("dark")); store.set("footnote.dark", document.body.classList.contains("dark")); });
    find("[data-page=new]", element).addEventListener("click", () => openKept(null));
    for (const name of ["articles", "kept"]) find(`[data-page=${name}]`, element).addEventListener("click", () => showTab(name, true));
  }

  function start() {
    document.body.append(
      make("div", { id: "card", role: "tooltip", hidden: true }),
      make("div", { id: "announcer", class: "only-spoken", role: "status", "aria-live": "polite" }));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-cite]");
      if (link) { event.preventDefault(); cite(link.dataset.turn, link.dataset.cite, event.detail === 0); }
      const pressed = event.target.closest("[data-act]");
      if (pressed) act(pressed);
      if (event.target.closest("[data-page=back]")) closePane();
    });
    const over = (event) => { const link = event.target.closest?.(".mark"); if (link) showCard(link); };
    document.addEventListener("mouseover", over);
    document.addEventListener("focusin", over);
    for (const name of ["mouseout", "focusout"])
      document.addEventListener(name, (event) => event.target.closest?.(".mark") && hideCard());
    // A file that misses the drop zone would otherwise be opened in the place of the page.
    document.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      if (document.body.dataset.tab !== "articles") showTab("articles", true);
    });
    document.addEventListener("drop", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      hideCard();
      if (document.body.classList.contains("pane-open")) closePane();
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();

  return { mountTranscript, mountReader, mountTabs, mountMasthead, mountArticles, mountKept, mountLimit, mountOutbox };
})();
