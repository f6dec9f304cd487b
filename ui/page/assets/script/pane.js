// The tabs beside the conversation, which on a narrow screen lie over it.

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
