// The masthead, and what is listened to everywhere.

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
    if (isPaneOpen() && !find("dialog[open]")) closePane();
  });
}
