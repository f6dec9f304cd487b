// What comes back from the server: a file, a word, a test question.

function mountOutbox({ props, watch }) {
  watch("value", () => {
    const { download: name, text, notice: said, putback, question } = props.value || {};
    if (name) download(name, text);
    if (said) notice(said, putback ? button("Put it back", () => triggers.articles("putback", { id: putback })) : null);
    if (question) showQuestion(question);
  });
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: name.endsWith(".html") ? "text/html" : "text/plain" }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
