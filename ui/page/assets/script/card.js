// The card that hovers over a mark.

function showCard(link) {
  const citation = turns.get(link.dataset.turn)?.get(link.dataset.cite);
  const card = find("#card");
  if (!citation || !card) return;
  card.replaceChildren(make("strong", {}, citation.title),
    make("span", { class: "dim" }, `${citation.date} · paragraph ${citation.paragraph}`), make("q", {}, citation.quote));
  card.hidden = false;
  const at = link.getBoundingClientRect();
  const below = at.bottom + card.offsetHeight + 8 < innerHeight;
  card.style.top = Math.max(8, below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + "px";
  card.style.left = Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8)) + "px";
}
const hideCard = () => { const card = find("#card"); if (card) card.hidden = true; };
