// Files and folders dropped in or chosen, and what became of each.

function makeDrop(props, trigger, upload) {
  const { files: most, megabytes } = props.value.limits;
  const pick = (folder) => {
    const input = make("input", { type: "file", multiple: true, webkitdirectory: folder, hidden: true, "aria-label": folder ? "A folder of articles" : "Files with articles" });
    input.addEventListener("change", () => send([...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }))));
    return input;
  };
  const files = pick(false), folder = pick(true);
  const bar = make("progress", { max: 1, value: 0, hidden: true, "aria-label": "Reading files" });
  const said = make("p", { class: "dim", role: "status" });
  const lines = make("ul", { "aria-label": "What became of each file" });
  const box = make("div", { class: "drop" },
    make("div", { class: "words" }, "Drop files or folders here, or choose",
      make("button", { type: "button", onclick: () => files.click() }, "files"),
      make("button", { type: "button", onclick: () => folder.click() }, "a folder")), files, folder, bar, said, lines);
  const line = ({ status, path, details }) => make("li", { class: status }, make("strong", {}, status), ` ${path} `, make("span", { class: "dim" }, details));
  const show = (done, total, text) => { bar.hidden = false; bar.max = total || 1; bar.value = done; said.textContent = text; };
  let refused = [];

  async function send(picked) {
    const fits = picked.filter(({ file, name }) => file.size <= megabytes * 2 ** 20 && !name.split("/").some((part) => part.startsWith(".")));
    refused = picked.filter(({ file }) => file.size > megabytes * 2 ** 20).map(({ name }) => ({ status: "failed", path: name, details: `It is larger than ${megabytes} MB.` }));
    refused.push(...fits.splice(most).map(({ name }) => ({ status: "failed", path: name, details: `At most ${most} files at once; drop it again.` })));
    lines.replaceChildren();
    const sent = [];
    for (const { file, name } of fits) {
      show(sent.length, fits.length, `sending ${sent.length + 1} of ${fits.length}`);
      try { sent.push({ name, path: (await upload(file)).path }); }
      catch { refused.push({ status: "failed", path: name, details: "It did not arrive. Drop it again." }); }
    }
    if (sent.length) trigger("bring", { files: sent });
    else { bar.hidden = true; said.textContent = ""; lines.replaceChildren(...refused.map(line)); }
  }
  const draw = () => {
    const { progress, lines: told = [] } = props.value || {};
    if (progress) return show(progress.done, progress.total, `${progress.task}${progress.total ? `, ${progress.done} of ${progress.total}` : " …"}`);
    bar.hidden = true;
    said.textContent = "";
    lines.replaceChildren(...[...told, ...refused].map(line));
    refused = [];
  };
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", async (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    send((await Promise.all(entries.map(filesBelow))).flat());
  });
  return { box, draw };
}

async function filesBelow(entry) {
  if (entry.isFile) return [{ name: entry.fullPath.slice(1), file: await new Promise((done, failed) => entry.file(done, failed)) }];
  const reader = entry.createReader();
  const found = [];
  for (;;) { // it gives a hundred at a time
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    for (const below of some) found.push(...(await filesBelow(below)));
  }
}
