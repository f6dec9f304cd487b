// What the next question may use.

let chosen = { ids: [], first: "", last: "" };
let limitProps = null;

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
