// The place in the queue, in words: Gradio's own are "queue: 2/3".

const READING = "Reading the articles …";

function mountStatus() {
  const status = find("#status");
  new MutationObserver(() => tellPlace(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
}

function tellPlace(status) {
  const line = find(".turn:last-child .waiting-line");
  if (!line) return;
  const before = Number(status.match(/queue: (\d+)\//)?.[1] || 0) - 1;
  const words = before < 0 ? READING
    : before === 0 ? "Waiting for another answer to be finished; yours is next."
    : `Waiting: ${before} question${before === 1 ? " is" : "s are"} before yours.`;
  if (line.textContent === words) return;
  line.textContent = words;
  announce(words);
}
