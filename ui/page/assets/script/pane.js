// The tabs beside the conversation, which on a narrow screen lie over it.

const TABS = ["reader", "articles", "kept"];
const NARROW = matchMedia("(max-width: 800px)");
let opener = null; // what had the focus before the pane was opened

function showTab(name, openIt) {
  document.body.dataset.tab = name;
  for (const tab of findAll("#tabs [role=tab]")) {
    const isIt = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", isIt);
    tab.tabIndex = isIt ? 0 : -1;
  }
  if (openIt) openPane();
  hideCard();
}

function openPane() {
  if (isPaneOpen()) return;
  opener = document.activeElement;
  document.body.classList.add("pane-open");
  shutBehind();
  if (NARROW.matches) find("#tabs [aria-selected=true]").focus();
}

function closePane() {
  shutPane();
  const marks = open?.key ? findAll(`#transcript [data-turn="${open.turn}"][data-cite="${open.key}"]`) : [];
  const isElsewhere = opener?.isConnected && opener !== document.body && !opener.closest("[data-cite], #right");
  const back = isElsewhere || marks.includes(opener) ? opener : marks[0];
  (back || find("#composer textarea"))?.focus();
}

function shutPane() {
  document.body.classList.remove("pane-open");
  shutBehind();
}

const isPaneOpen = () => document.body.classList.contains("pane-open");

// On a narrow screen what lies behind the pane must not get the focus.
function shutBehind() {
  for (const behind of findAll("#top, #left")) behind.inert = NARROW.matches && isPaneOpen();
}

function mountTabs({ element }) {
  NARROW.addEventListener("change", shutBehind);
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
