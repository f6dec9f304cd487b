// The conversation as it is shown.

const turns = new Map(); // turn id -> Map(citation key -> citation)
const articles = new Map(); // article id -> article
const triggers = {};
let looked = ""; // id of the turn that was asked or looked up last

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
      if (isNew) looked = turn.id;
      if (isNew) log.append((box = make("section", { class: "turn", id: "turn-" + turn.id })));
      if (box.footnoteHtml === turn.html) continue;
      box.footnoteHtml = turn.html;
      morph(box, clean(turn.html));
      box.setAttribute("aria-label", find(".question", box).textContent);
      if (isNew) box.scrollIntoView({ block: "start", behavior: "auto" });
    }
    find(".forgotten", element).textContent = !shown.forgotten ? ""
      : `${shown.forgotten} earlier question${shown.forgotten === 1 ? " is" : "s are"} no longer kept here.`;
    showCurrent();
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
      ? `${count.toLocaleString("en")} article${count === 1 ? "" : "s"}. ${dates} Every sentence of an answer is footnoted to a paragraph.`
      : "Drop files or a folder on “Articles”, and ask as soon as the first is read."),
    make("ul", { class: "examples" }, ...examples.map((question) => make("li", {},
      make("button", { type: "button", onclick: () => triggers.transcript("again", { turn: "", question }) }, question)))),
  );
}
