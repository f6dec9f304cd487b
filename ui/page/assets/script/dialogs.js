// What asks or tells something over the page.

function notice(text, action) {
  find("#notice")?.remove();
  const box = make("div", { id: "notice", role: "status" }, text, ...(action ? [" ", action] : []));
  action?.addEventListener("click", () => box.remove());
  document.body.append(box);
  setTimeout(() => box.remove(), action ? 20000 : 4000);
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
