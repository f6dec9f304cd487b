// The words below an answer: copy, edit, ask again, judge.

function act(pressed) {
  const { act: name, turn } = pressed.dataset;
  if (name === "copy") return copy(turn, pressed);
  if (name === "edit") return edit(turn);
  if (name === "up" || name === "down") return openFeedback(turn, name);
  if (name === "retry") return again({ turn });
  if (name === "as-written") return again({ turn, as_written: true });
  if (name === "undo") return triggers.transcript("undo", { turn });
  if (name === "test") return triggers.transcript("test", { turn });
}

// What is asked anew takes the place of all that came after it.
async function again(wanted) {
  const ids = [...turns.keys()];
  const later = ids.length - 1 - ids.indexOf(wanted.turn);
  const lost = later === 1 ? "The question after it is" : `The ${later} questions after it are`;
  if (later && !(await confirmed("Ask this again?", `${lost} taken out of the conversation.`, "Ask again"))) return;
  triggers.transcript("again", wanted);
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

function edit(turn) {
  const question = find("#turn-" + turn + " .question");
  const area = make("textarea", { rows: 2, "aria-label": "Edit the question", maxlength: find("#composer textarea").maxLength });
  area.value = question.textContent;
  const close = () => { box.replaceWith(question); };
  const send = () => { close(); again({ turn, question: area.value }); };
  const box = make("div", { class: "editing" }, area,
    make("button", { type: "button", onclick: send }, "Ask"), make("button", { type: "button", onclick: close }, "Cancel"));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
    if (event.key === "Escape") { event.stopPropagation(); close(); }
  });
  question.replaceWith(box);
  area.focus();
}
