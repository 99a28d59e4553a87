// What word processors and PDF readers put on the clipboard, made into plain HTML and whole paragraphs:
// the same as core/foreign.py and core/broken_lines.py, held together by tests/samples/pasted.

const RENAMED = { h1: "h2", h4: "h3", h5: "h3", h6: "h3" };
const LISTED = /mso-list:\s*l\d+\s+level(\d)/i;
const SIGN = /mso-list:\s*ignore/i;
const NUMBER = /^\(?[0-9a-z]{1,4}[.)]$/i;
const DEFINED = /^(?:ftn|edn|fn|sdfootnote|sdendnote)\d+$/;
const REFERRED = /^#(?:_((?:ftn|edn)\d+)|(fn\d+)|((?:sdfootnote|sdendnote)\d+)sym)$/;
const BACK = /^#(?:_(?:ftn|edn)ref\d+|fnref\d+|(?:sdfootnote|sdendnote)\d+anc)$/;

const element = (tag, children = []) => {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
};
const styleOf = (node) => node.dataset.style || "";
const hrefOf = (node) => node.getAttribute("href") || "";
const replace = (node, tag) => {
  const made = element(tag, [...node.childNodes]);
  node.replaceWith(made);
  return made;
};

export const cleanHtml = (html) => {
  if (html.includes("data-pm-slice")) return html; // from an editor of the portal
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  for (const node of body.querySelectorAll("script, title, xml, meta, link")) node.remove();
  removeComments(body);
  placeNotes(body);
  makeLists(body);
  makeMarks(body);
  for (const [from, to] of Object.entries(RENAMED)) {
    for (const node of body.querySelectorAll(from)) replace(node, to);
  }
  for (const cell of body.querySelectorAll("thead td")) replaceCell(cell);
  for (const block of body.querySelectorAll("p, h2, h3")) {
    if (!block.textContent.trim() && !block.querySelector("img, hr")) block.remove();
  }
  return body.innerHTML;
};

// Styles are read here, but never applied: the page's policy forbids them, even in a parsed string.
const withoutStyles = (html) =>
  html
    .replace(/<style\b[\s\S]*?<\/style>/gi, "")
    .replace(/(<[^<>]*?\s)style(?=\s*=)/gi, "$1data-style");

const MARKS = [
  [/font-weight:\s*(bold|[6-9]00)/i, "strong"],
  [/font-style:\s*italic/i, "em"],
  [/text-decoration[^;]*:[^;]*underline/i, "u"],
  [/text-decoration[^;]*:[^;]*line-through/i, "s"],
  [/vertical-align:\s*super/i, "sup"],
  [/vertical-align:\s*sub/i, "sub"],
];

const makeMarks = (body) => {
  for (const node of body.querySelectorAll("[data-style]")) {
    const style = styleOf(node);
    if (/^(b|strong)$/.test(node.localName) && /font-weight:\s*(normal|400)/i.test(style)) {
      if (!/mso-bidi/i.test(style)) node.replaceWith(...node.childNodes);
    } else if (node.localName === "span") {
      for (const [pattern, tag] of MARKS) {
        if (pattern.test(style)) node.replaceChildren(element(tag, [...node.childNodes]));
      }
    }
    delete node.dataset.style;
  }
};

const removeComments = (body) => {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.remove();
};

const replaceCell = (cell) => {
  const heading = element("th", [...cell.childNodes]);
  for (const name of ["colspan", "rowspan"]) {
    if (cell.hasAttribute(name)) heading.setAttribute(name, cell.getAttribute(name));
  }
  cell.replaceWith(heading);
};

const placeNotes = (body) => {
  const notes = new Map();
  for (const definition of body.querySelectorAll("div[id], li[id], p[id]")) {
    if (!DEFINED.test(definition.id)) continue;
    for (const link of definition.querySelectorAll("a")) {
      if (BACK.test(hrefOf(link))) link.remove();
    }
    for (const block of definition.querySelectorAll("p, div")) {
      block.replaceWith(" ", ...block.childNodes);
    }
    definition.innerHTML = definition.innerHTML.trim();
    notes.set(definition.id, definition);
    removeWithFrame(definition, body);
  }
  for (const link of body.querySelectorAll("a")) {
    const note = notes.get((hrefOf(link).match(REFERRED) || []).slice(1).find(Boolean));
    if (note) link.replaceWith(element("small", [...note.cloneNode(true).childNodes]));
  }
};

// What held nothing but notes and a line goes with them.
const removeWithFrame = (node, body) => {
  const frame = node.parentElement;
  node.remove();
  if (frame && frame !== body && !frame.textContent.trim()) removeWithFrame(frame, body);
};

const makeLists = (body) => {
  for (const item of body.querySelectorAll("p")) {
    if (!item.isConnected || !LISTED.test(styleOf(item))) continue;
    const items = [item];
    for (let next = item.nextElementSibling; next; next = next.nextElementSibling) {
      const between = next.previousSibling.nodeType === 3 && next.previousSibling.data.trim();
      if (between || next.tagName !== "P" || !LISTED.test(styleOf(next))) break;
      items.push(next);
    }
    const place = document.createComment("");
    item.before(place);
    place.replaceWith(...nested(items));
  }
};

const nested = (items) => {
  const top = element("div");
  const lists = [{ level: 0, list: top }];
  for (const item of items) {
    const level = Number(styleOf(item).match(LISTED)[1]);
    const tag = NUMBER.test(takeOutSign(item)) ? "ol" : "ul";
    const last = () => lists.at(-1);
    while (last().level > level || (last().level === level && last().list.localName !== tag)) {
      lists.pop();
    }
    if (last().level < level) {
      const list = element(tag);
      (last().list === top ? top : last().list.lastElementChild).append(list);
      lists.push({ level, list });
    }
    last().list.append(replace(item, "li"));
  }
  return [...top.childNodes];
};

const takeOutSign = (item) => {
  const sign = [...item.querySelectorAll("[data-style]")].find((node) => SIGN.test(styleOf(node)));
  if (!sign) return "";
  const text = sign.textContent.replaceAll("\u00a0", " ").trim();
  sign.remove();
  return text;
};

// Lines that the edge of a page has broken

const FULL_LINE = 50;
const FITTING = 0.85;
const END = /[.!?:;]["”’»)]*$/;
const BULLET = /^[•▪●◦‣·]\s*/;
const NUMBERED = /^\(?(?:\d{1,3}|[a-z])[.)]\s/;
const HYPHEN = /[\p{L}\p{N}_][-\u00ad\u2010]$/u;
const IN_WORD = /(?<=\p{L})[-\u00ad\u2010]$/u;
const isLower = (text) => /^\p{Ll}/u.test(text);

export const paragraphsOf = (text) => {
  const parts = text.replace(/\r\n?/g, "\n").split(/\n\s*\n/);
  const made = document.createElement("div");
  for (const part of parts) {
    const lines = part.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!lines.length) continue;
    if (areBroken(lines)) made.append(...blocksOf(mended(lines)));
    else if (parts.length === 1) made.append(...lines.map((line) => element("p", [line])));
    else made.append(element("p", lines.flatMap((line, at) => (at ? [element("br"), line] : [line]))));
  }
  return made;
};

const widestOf = (lines) => Math.max(...lines.map((line) => line.length));
const pairsOf = (lines) => lines.slice(1).map((line, at) => [lines[at], line]);
const wouldHaveFitted = (before, line, widest) =>
  before.length + 1 + line.split(" ", 1)[0].length <= FITTING * widest;

const areBroken = (lines) => {
  const widest = widestOf(lines);
  const full = pairsOf(lines).filter(
    ([before, line]) => before.length >= FULL_LINE && !wouldHaveFitted(before, line, widest),
  );
  const broken = full.filter(([before, line]) => !END.test(before) && isLower(line));
  return broken.length > 0 && 2 * broken.length >= full.length;
};

const mended = (lines) => {
  const widest = widestOf(lines);
  const paragraphs = [lines[0]];
  for (const [before, line] of pairsOf(lines)) {
    if (beginsAnew(before, line, widest)) paragraphs.push(line);
    else if (HYPHEN.test(before) && isLower(line)) {
      paragraphs.push(paragraphs.pop().replace(IN_WORD, "") + line);
    } else paragraphs.push(`${paragraphs.pop()} ${line}`);
  }
  return paragraphs;
};

const beginsAnew = (before, line, widest) => {
  const ended = END.test(before);
  if (BULLET.test(line) || (ended && NUMBERED.test(line))) return true;
  return wouldHaveFitted(before, line, widest) && (ended || !isLower(line));
};

const blocksOf = (paragraphs) => {
  const blocks = [];
  for (const text of paragraphs) {
    if (!BULLET.test(text)) blocks.push(element("p", [text]));
    else {
      if (blocks.at(-1)?.localName !== "ul") blocks.push(element("ul"));
      blocks.at(-1).append(element("li", [text.replace(BULLET, "")]));
    }
  }
  return blocks;
};
