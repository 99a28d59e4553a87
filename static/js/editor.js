// The editor over a plain box of text. What it holds goes back into the box, as HTML, and is sent as
// from any form; where nothing was changed the box keeps what it came with, to the letter.

const PAUSE = 400; // milliseconds without a key before the box is brought up to date
const WEB = /^(https?:|mailto:)/i;
const LOCAL = /^[/#?]/;

for (const frame of document.querySelectorAll("[data-editor]")) {
  Promise.all([import(frame.dataset.editorLibrary), import(frame.dataset.editorPasted)]).then(
    ([library, pasted]) => start(frame, library, pasted),
    () => {}, // the plain box stays
  );
}

const start = (frame, library, pasted) => {
  const box = frame.querySelector("textarea");
  const bars = frame.querySelector(".editor-bars");
  const place = document.createElement("div");
  box.after(place);
  const editor = new library.Editor({
    element: place,
    injectCSS: false,
    editable: !box.disabled && !box.readOnly,
    extensions: extensionsFrom(library),
    content: contentOf(frame, box),
    editorProps: {
      attributes: describe(box, frame),
      handleDOMEvents: { keydown: keysOf(bars, () => editor) },
      transformPastedHTML: pasted.cleanHtml,
      clipboardTextParser: (text, context, _plain, view) =>
        library.pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(
          pasted.paragraphsOf(text),
          { context },
        ),
    },
  });
  keepInStep(editor, box);
  equip(frame, bars, editor);
  label(box, editor);
  box.hidden = true;
  bars.hidden = false;
};

// What the text is made of: the tags of core/richtext.py, marks in the order of core/tidy.py

const extensionsFrom = (library) => {
  const Note = library.Mark.create({
    name: "note",
    priority: 1100,
    parseHTML: () => [{ tag: "small" }],
    renderHTML: () => ["small", 0],
  });
  return [
    library.Document, library.Text, library.Paragraph, library.HardBreak, Note,
    library.Heading.configure({ levels: [2, 3] }),
    library.Link.configure({
      defaultProtocol: "https",
      isAllowedUri: (address) => !address || WEB.test(address) || !/^[^/?#]*:/.test(address),
      shouldAutoLink: (address) => WEB.test(address) || /^www\./i.test(address),
    }),
    library.Bold, library.Italic, library.Underline, library.Strike,
    library.Subscript, library.Superscript,
    library.BulletList, library.OrderedList.configure({ enableListAttributes: false }),
    library.ListItem.extend({ content: "block+" }), library.Blockquote, library.HorizontalRule,
    captioned(library.Table), library.TableRow, library.TableHeader, library.TableCell,
    library.History, library.Dropcursor, library.Gapcursor,
  ];
};

const captioned = (Table) =>
  Table.extend({
    addAttributes() {
      const parseHTML = (table) => table.querySelector(":scope > caption")?.textContent.trim();
      return { ...this.parent?.(), caption: { default: null, parseHTML, rendered: false } };
    },
    parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
    renderHTML: ({ node }) => {
      const caption = node.attrs.caption ? [["caption", node.attrs.caption]] : [];
      return ["table", ...caption, ["tbody", 0]];
    },
    addNodeView() {
      const makeView = this.parent();
      return (props) => {
        const view = makeView(props);
        const update = view.update;
        const tell = ({ attrs }) => {
          if (attrs.caption) view.table.createCaption().textContent = attrs.caption;
          else view.table.deleteCaption();
        };
        view.update = (node) => {
          const done = update(node);
          if (done) tell(node);
          return done;
        };
        tell(props.node);
        return view;
      };
    },
  });

// The box and the editor

const contentOf = (frame, box) => {
  const given = frame.querySelector("template[data-editor-text]").innerHTML.trim();
  const kept = box.value !== box.defaultValue && box.value.startsWith("<");
  return kept ? box.value : given;
};

const keepInStep = (editor, box) => {
  const first = editor.state.doc;
  let waiting = 0;
  box.written = () => (editor.isEmpty ? "" : editor.getHTML());
  const sync = () => {
    clearTimeout(waiting);
    const value = editor.state.doc.eq(first) ? box.defaultValue : box.written();
    if (value === box.value) return;
    box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  editor.on("update", () => {
    clearTimeout(waiting);
    waiting = setTimeout(sync, PAUSE);
  });
  editor.on("blur", sync);
  box.form?.addEventListener("submit", sync, { capture: true });
  addEventListener("pagehide", sync);
  box.form?.addEventListener("reset", () => editor.commands.setContent(first.toJSON()));
  box.addEventListener("refilled", () => editor.commands.setContent(box.value));
  box.dispatchEvent(new Event("change", { bubbles: true }));
};

const describe = (box, frame) => {
  const named = box.labels[0]?.firstChild?.textContent.trim() || "";
  const help = document.getElementById(`${box.id}_helptext`);
  if (help) help.textContent = frame.querySelector("[data-editor-help]").innerHTML;
  const told = { role: "textbox", "aria-multiline": "true", "aria-label": named };
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (box.hasAttribute(name)) told[name] = box.getAttribute(name);
  }
  if (box.required) told["aria-required"] = "true";
  const reading = "editor-text form-control reading";
  return { ...told, class: box.classList.contains("is-invalid") ? `${reading} is-invalid` : reading };
};

const label = (box, editor) => {
  const { id } = box;
  box.id = `${id}_plain`;
  editor.view.dom.id = id; // where the summary of errors leads to
  for (const words of document.querySelectorAll(`label[for="${CSS.escape(id)}"]`)) {
    words.addEventListener("click", () => editor.view.focus());
  }
};

// Buttons

const commands = {
  heading: { mark: ["heading", { level: 2 }], run: (c) => c.toggleHeading({ level: 2 }) },
  subheading: { mark: ["heading", { level: 3 }], run: (c) => c.toggleHeading({ level: 3 }) },
  bold: { mark: ["bold"], run: (c) => c.toggleBold() },
  italic: { mark: ["italic"], run: (c) => c.toggleItalic() },
  underline: { mark: ["underline"], run: (c) => c.toggleUnderline() },
  strike: { mark: ["strike"], run: (c) => c.toggleStrike() },
  subscript: { mark: ["subscript"], run: (c) => c.unsetSuperscript().toggleSubscript() },
  superscript: { mark: ["superscript"], run: (c) => c.unsetSubscript().toggleSuperscript() },
  bullets: { mark: ["bulletList"], run: (c) => c.toggleBulletList() },
  numbers: { mark: ["orderedList"], run: (c) => c.toggleOrderedList() },
  indent: { run: (c) => c.sinkListItem("listItem"), can: true },
  outdent: { run: (c) => c.liftListItem("listItem"), can: true },
  quotation: { mark: ["blockquote"], run: (c) => c.toggleBlockquote() },
  note: { mark: ["note"], run: (c) => c.toggleMark("note") },
  link: { mark: ["link"], ask: "link" },
  table: { run: (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }) },
  rule: { run: (c) => c.setHorizontalRule() },
  undo: { run: (c) => c.undo(), can: true },
  redo: { run: (c) => c.redo(), can: true },
  row: { run: (c) => c.addRowAfter() },
  column: { run: (c) => c.addColumnAfter() },
  "remove-row": { run: (c) => c.deleteRow() },
  "remove-column": { run: (c) => c.deleteColumn() },
  header: { run: (c) => c.toggleHeaderCell() },
  span: { run: (c) => c.mergeOrSplit() },
  caption: { ask: "caption" },
  "remove-table": { run: (c) => c.deleteTable() },
};

const questions = {
  link: {
    now: (editor) => editor.getAttributes("link").href || "",
    set: (chain, value, editor) => {
      const href = addressOf(value);
      const words = { type: "text", text: value, marks: [{ type: "link", attrs: { href } }] };
      const bare = editor.state.selection.empty && !editor.isActive("link");
      return bare ? chain.insertContent(words) : chain.extendMarkRange("link").setLink({ href });
    },
    remove: (chain) => chain.extendMarkRange("link").unsetLink(),
    isFit: (value) => Boolean(addressOf(value)),
  },
  caption: {
    now: (editor) => editor.getAttributes("table").caption || "",
    set: (chain, value) => chain.updateAttributes("table", { caption: value }),
    remove: (chain) => chain.updateAttributes("table", { caption: null }),
    isFit: (value) => value !== "",
  },
};

const addressOf = (typed) => {
  if (WEB.test(typed) || LOCAL.test(typed)) return typed;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(typed)) return `mailto:${typed}`;
  return /^[^\s:/]+\.[^\s:]+$/.test(typed) ? `https://${typed}` : "";
};

const equip = (frame, bars, editor) => {
  const tableBar = bars.querySelector("[data-in-table]");
  for (const bar of bars.children) {
    rove(bar, editor);
    bar.setAttribute("aria-controls", frame.querySelector("textarea").id);
  }
  bars.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the text
  bars.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const command = commands[button.dataset.do];
    if (command.ask) ask(frame, editor, command.ask);
    else {
      editor.view.focus();
      command.run(editor.chain()).run();
    }
  });
  const tell = () => {
    tableBar.hidden = !editor.isActive("table");
    for (const button of bars.querySelectorAll("[data-do]")) {
      const { mark, run, can } = commands[button.dataset.do];
      if (mark && button.hasAttribute("aria-pressed")) {
        button.setAttribute("aria-pressed", editor.isActive(...mark));
      }
      if (can) button.setAttribute("aria-disabled", !run(editor.can().chain()).run());
    }
  };
  let told = 0;
  editor.on("transaction", () => {
    cancelAnimationFrame(told);
    told = requestAnimationFrame(tell);
  });
  tell();
};

const ask = (frame, editor, name) => {
  const { now, set, remove, isFit } = questions[name];
  const made = frame.querySelector(`template[data-editor-dialog="${name}"]`).content.cloneNode(true);
  const dialog = made.querySelector("dialog");
  const field = dialog.querySelector("input");
  document.body.append(made);
  field.value = now(editor);
  dialog.querySelector('[value="remove"]').hidden = !field.value;
  const leave = () => { // at once, so that what is typed next stands where it is meant to
    dialog.remove();
    editor.view.focus();
  };
  dialog.addEventListener("close", leave);
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = event.submitter?.value;
    const fit = answer !== "set" || isFit(field.value.trim());
    field.toggleAttribute("aria-invalid", !fit);
    field.classList.toggle("is-invalid", !fit);
    if (!fit) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
      return;
    }
    leave();
    if (answer === "set") set(editor.chain(), field.value.trim(), editor).run();
    if (answer === "remove") remove(editor.chain()).run();
  });
  dialog.showModal();
};

// Keys: one stop for each bar, arrows within it; Alt+F10 leads there, Esc and Tab lead out

const rove = (bar, editor) => {
  const buttons = () => [...bar.querySelectorAll("button")];
  const choose = (chosen) => {
    for (const button of buttons()) button.tabIndex = button === chosen ? 0 : -1;
  };
  choose(buttons()[0]);
  bar.addEventListener("focusin", (event) => choose(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") editor.view.focus();
    if (next === undefined) return;
    event.preventDefault();
    all.at(next % all.length).focus();
  });
};

const keysOf = (bars, editorOf) => {
  let leaving = false;
  return (_view, event) => {
    if (event.key === "F10" && event.altKey) {
      event.preventDefault();
      bars.querySelector('[tabindex="0"]').focus();
      return true;
    }
    if (event.key !== "Tab") {
      if (event.key !== "Shift") leaving = event.key === "Escape";
      return false;
    }
    const editor = editorOf();
    const atEnd = editor.isActive("table") && !event.shiftKey && !editor.can().goToNextCell();
    return leaving || atEnd; // the browser moves the focus on
  };
};
