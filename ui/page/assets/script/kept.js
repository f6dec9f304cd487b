// Conversations, kept in this browser only.

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
  shutPane();
  if (!conversation) find("#composer textarea")?.focus();
}

function welcomeAnew() { if (!keptProps?.value?.turns?.length) triggers.kept("restore", { conversation: null }); }
