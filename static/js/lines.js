// One row for each line of a box: to be added, removed and moved, with what happened said aloud. The box
// stays and is what is sent.

const start = (frame) => {
  const box = frame.querySelector("textarea");
  const rows = frame.querySelector(".lines-rows");
  const list = rows.querySelector("ol");
  const status = rows.querySelector("[role=status]");
  const undo = rows.querySelector('[data-do="undo"]');
  const pattern = frame.querySelector("template[data-lines-row]");
  const said = (what, at) => frame.dataset[`lines${what}`].replace("{n}", at + 1);
  const fields = () => [...list.querySelectorAll("textarea")];
  const rowAt = (at) => list.children[at];
  const placeOf = (node) => [...list.children].indexOf(node.closest("li"));
  let removed = null;

  const number = () => {
    fields().forEach((field, at) => {
      const name = said("Name", at);
      field.setAttribute("aria-label", name);
      field.closest("li").dataset.number = at + 1;
      for (const button of field.closest("li").querySelectorAll("button")) {
        button.setAttribute("aria-label", `${button.title.replace(/ \(.*/, "")}: ${name}`);
        const ends = { up: 0, down: list.children.length - 1 };
        button.toggleAttribute("disabled", ends[button.dataset.do] === at);
      }
    });
  };
  const send = () => {
    const value = fields().map((field) => field.value.trim()).filter(Boolean).join("\n");
    if (value === box.value.replaceAll("\r", "")) return;
    box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const insert = (text, at) => {
    const row = pattern.content.cloneNode(true);
    row.querySelector("textarea").value = text;
    list.insertBefore(row, rowAt(at) || null);
    number();
    return fields()[at];
  };
  const focus = (field, at = field?.value.length) => {
    field?.focus();
    field?.setSelectionRange(at, at);
  };
  const tell = (sentence) => {
    status.textContent = sentence;
    undo.hidden = !removed;
    send();
  };
  const fill = () => {
    list.replaceChildren();
    for (const line of box.value.split(/\r?\n/)) {
      if (line.trim()) insert(line.trim(), list.children.length);
    }
    if (!list.children.length) insert("", 0);
    number();
  };

  const act = {
    add: () => focus(insert("", list.children.length)),
    up: (at) => move(at, at - 1),
    down: (at) => move(at, at + 1),
    remove: (at) => {
      const text = fields()[at].value;
      removed = text.trim() ? { text, at } : removed;
      rowAt(at).remove();
      if (!list.children.length) insert("", 0);
      number();
      focus(fields()[Math.min(at, list.children.length - 1)]);
      tell(said("Removed", at));
    },
    undo: () => {
      const { text, at } = removed;
      removed = null;
      const [only] = fields();
      if (list.children.length === 1 && !only.value) only.closest("li").remove();
      focus(insert(text, Math.min(at, list.children.length)));
      tell(said("Returned", at));
    },
  };
  const move = (at, to) => {
    if (to < 0 || to >= list.children.length) return;
    const row = rowAt(at);
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    list.insertBefore(row, rowAt(to > at ? to + 1 : to) || null);
    number();
    if (focused?.disabled) focus(row.querySelector("textarea"));
    else focused?.focus();
    tell(said("Moved", to));
  };

  frame.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) act[button.dataset.do](placeOf(button.closest("li") || list.firstElementChild));
  });
  list.addEventListener("input", (event) => {
    const field = event.target;
    if (field.value.includes("\n")) divide(field);
    event.stopPropagation(); // the box speaks for its rows
    send();
  });
  list.addEventListener("keydown", (event) => {
    if (!event.target.matches("textarea")) return;
    const field = event.target;
    const at = placeOf(field);
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(at, event.key === "ArrowUp" ? at - 1 : at + 1);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const rest = field.value.slice(field.selectionEnd);
      field.value = field.value.slice(0, field.selectionStart).trimEnd();
      focus(insert(rest.trimStart(), at + 1), 0);
      send();
    } else if (event.key === "Backspace" && !field.value && list.children.length > 1) {
      event.preventDefault();
      field.closest("li").remove();
      number();
      focus(fields()[Math.max(at - 1, 0)]);
    }
  });
  const divide = (field) => {
    const [first, ...others] = field.value.split(/\n+/);
    field.value = first;
    let at = placeOf(field);
    for (const line of others) at = placeOf(insert(line.trim(), at + 1));
    focus(fields()[at]);
  };
  box.addEventListener("refilled", fill);

  const label = box.labels[0];
  rows.setAttribute("role", "group");
  rows.setAttribute("aria-label", label?.firstChild.textContent.trim() || "");
  if (box.hasAttribute("aria-describedby")) {
    rows.setAttribute("aria-describedby", box.getAttribute("aria-describedby"));
  }
  const { id } = box;
  box.id = `${id}_plain`;
  rows.id = id; // where the summary of errors leads to
  rows.tabIndex = -1;
  label?.addEventListener("click", () => focus(fields()[0]));
  fill();
  box.hidden = true;
  rows.hidden = false;
};

for (const frame of document.querySelectorAll("[data-lines]")) start(frame);
