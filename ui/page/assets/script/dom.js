// What must happen at once, without a way to the server and back, is done by these files. They are joined into one
// function; each `mount…` in them is called by one gr.HTML component. Text of articles, models and people only ever
// becomes a text node; the one piece of HTML that comes from the server, escaped there, is let through `clean`.

const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

const TAGS = /^(H2|P|DIV|SPAN|SUP|OL|UL|LI|A|BUTTON|CODE)$/;
const ATTRIBUTES = /^(class|title|type|aria-label|data-[a-z]+)$/;
function clean(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const node of findAll("*", template.content)) {
    if (!TAGS.test(node.tagName)) node.remove();
    for (const { name, value } of [...node.attributes])
      if (!ATTRIBUTES.test(name) && !(name === "href" && value.startsWith("#"))) node.removeAttribute(name);
  }
  return template.content;
}

// Changes a node only where it differs, so that nothing flickers or loses the focus while an answer streams.
function morph(old, fresh) {
  const before = [...old.childNodes], after = [...fresh.childNodes];
  after.forEach((node, place) => {
    const was = before[place];
    if (!was) old.append(node);
    else if (was.isEqualNode(node)) return;
    else if (was.nodeName !== node.nodeName || node.nodeType !== Node.ELEMENT_NODE) was.replaceWith(node);
    else {
      for (const { name } of [...was.attributes]) if (!node.hasAttribute(name)) was.removeAttribute(name);
      for (const { name, value } of node.attributes) if (was.getAttribute(name) !== value) was.setAttribute(name, value);
      morph(was, node);
    }
  });
  before.slice(after.length).forEach((node) => node.remove());
}

const announce = (text) => (find("#announcer").textContent = text);
const store = {
  get: (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; } },
};

async function toClipboard(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = make("textarea", {}, text); // a browser has no clipboard for a page without https
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function begin(work) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", work);
  else work();
}
