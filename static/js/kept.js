// Unsent work is kept in this browser, for the person who wrote it: offered again when the form is opened
// and what was kept differs, forgotten when it was sent. Signing out empties the browser's store
// (Clear-Site-Data).

const here = document.currentScript.dataset;
const MINE = `typed|${here.person}|`;
const SENDING = "typed-sending";
const PAUSE = 500; // milliseconds
const KEPT_FOR = 14 * 24 * 3600 * 1000;
const PATIENCE = 15000;
const NEVER = /password|^csrfmiddlewaretoken$|^typed_by$|^once$/;

const store = (key, value) => {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
  } catch {
    // the browser keeps nothing, or is full: the form works without
  }
};
const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};
const keysOf = (prefix) => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
};
const placeOf = ({ form, dataset }) => {
  const { pathname } = new URL(form.getAttribute("action") || location.href, location.href);
  return `${pathname} ${dataset.keep}`;
};

// What a form holds

const controlsOf = (form) =>
  [...form.elements].filter(
    (control) =>
      control.name && !NEVER.test(control.name) && !/^(file|submit|button|reset)$/.test(control.type)
      && (control.type !== "hidden" || control.hasAttribute("data-with-text")),
  );
const isSwitch = (control) => control.type === "radio" || control.type === "checkbox";
const isChanged = (control) => {
  if (isSwitch(control)) return control.checked !== control.defaultChecked;
  if (control.options) return [...control.options].some((o) => o.selected !== o.defaultSelected && !isFirst(o));
  return control.value !== control.defaultValue;
};
// Of a list without a choice the browser chooses the first
const isFirst = (option) =>
  option.index === 0 && ![...option.parentElement.options].some((other) => other.defaultSelected);
const valueOf = (control) => {
  if (isSwitch(control)) return control.checked;
  if (control.options) return [...control.selectedOptions].map((o) => o.value);
  return control.written?.() ?? control.value; // of the editor, which is ahead of its box
};
const nameOf = (control) => (isSwitch(control) ? `${control.name}=${control.value}` : control.name);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const workIn = (form, whole) => {
  const controls = controlsOf(form);
  const changed = controls.filter((control) => control.type !== "hidden" && (whole || isChanged(control)));
  if (!changed.length) return null;
  const kept = [...changed, ...controls.filter((control) => control.type === "hidden")];
  return { at: Date.now(), values: Object.fromEntries(kept.map((c) => [nameOf(c), valueOf(c)])) };
};
const differs = (form, work) =>
  controlsOf(form).some(
    (control) => control.type !== "hidden" && nameOf(control) in work.values
      && !same(work.values[nameOf(control)], valueOf(control)),
  );
const putBack = (form, work) => {
  for (const control of controlsOf(form)) {
    if (!(nameOf(control) in work.values)) continue;
    const value = work.values[nameOf(control)];
    if (isSwitch(control)) control.checked = value;
    else if (control.options) for (const o of control.options) o.selected = value.includes(o.value);
    else control.value = value;
    control.dispatchEvent(new Event("refilled"));
  }
};

// Keeping, offering, sending

const watch = (mark, wasSent) => {
  const { form } = mark;
  const prefix = `${MINE}${placeOf(mark)}|`;
  const key = prefix + Date.now();
  const whole = wasSent === placeOf(mark) || mark.hasAttribute("data-keep-unsaved");
  const said = form.querySelector("[data-kept-said]");
  form.querySelector(".form-actions")?.before(said); // where the eyes are when it is sent
  let waiting = 0;
  const keep = () => {
    clearTimeout(waiting);
    store(key, workIn(form, whole));
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  addEventListener("pagehide", () => form.dataset.sent || keep());
  addEventListener("pageshow", (event) => event.persisted && delete form.dataset.sent);
  document.addEventListener("visibilitychange", () => form.dataset.sent || keep());
  if (whole) keep();
  else offer(form, prefix, key, keep, said);
  form.addEventListener("submit", (event) => {
    send(event, form, keep, said, { key, place: placeOf(mark) });
  });
};

const sayWhen = (moment) => {
  const lang = document.documentElement.lang.replace(/^en$/, "en-GB");
  const say = (parts) => moment.toLocaleString(lang, { timeZone: "Europe/Budapest", ...parts });
  return `${say({ dateStyle: "long" })}, ${say({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
};

const offer = (form, prefix, key, keep, said) => {
  const kept = keysOf(prefix).filter((other) => other !== key).sort();
  for (const other of kept) {
    const work = read(other);
    if (!work || !differs(form, work)) store(other, null);
  }
  const newest = kept.reverse().find(read);
  if (!newest) return;
  const work = read(newest);
  const frame = form.querySelector("[data-kept-offer]");
  const time = document.createElement("time");
  time.dateTime = new Date(work.at).toISOString();
  time.textContent = sayWhen(new Date(work.at));
  frame.querySelector("[data-kept-time]").replaceChildren(time);
  frame.hidden = false;
  frame.addEventListener("click", (event) => {
    const answer = event.target.closest("button")?.value;
    if (!answer) return;
    if (answer === "back") {
      putBack(form, work);
      keep();
    }
    store(newest, null);
    frame.hidden = true;
    said.textContent = said.dataset[answer];
    said.tabIndex = -1;
    said.focus();
  });
};

const send = async (event, form, keep, said, sending) => {
  if (form.dataset.sent === "yes" || event.defaultPrevented) return;
  event.preventDefault();
  if (form.dataset.sent) return; // a second click, while the first one waits for an answer
  keep();
  form.dataset.sent = "asking";
  if (!(await isReachable())) {
    delete form.dataset.sent;
    said.textContent = "";
    said.textContent = said.dataset.offline;
    return;
  }
  try {
    sessionStorage.setItem(SENDING, JSON.stringify(sending));
  } catch {
    // then it is offered again, though it was sent
  }
  said.textContent = "";
  form.dataset.sent = "yes";
  form.requestSubmit(event.submitter);
};

const isReachable = async () => {
  if (!navigator.onLine) return false;
  try {
    const { probe } = here;
    const asked = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
    await (await fetch(probe, asked)).text(); // to its end: leaving the page would break it off
    return true;
  } catch {
    return false;
  }
};

// What became of the form that was sent from this window: it came back, it arrived, or nobody knows
const arrived = (places) => {
  let sending = null;
  try {
    sending = JSON.parse(sessionStorage.getItem(SENDING));
    sessionStorage.removeItem(SENDING);
  } catch {
    return "";
  }
  if (!sending) return "";
  const [navigation] = performance.getEntriesByType("navigation");
  const came_back = places.includes(sending.place);
  if (came_back || navigation?.redirectCount > 0) store(sending.key, null);
  return came_back && !navigation?.redirectCount ? sending.place : "";
};

const begin = () => {
  for (const key of keysOf("typed|")) {
    if (Date.now() - (read(key)?.at || 0) > KEPT_FOR) store(key, null);
  }
  const marks = [...document.querySelectorAll("input[data-keep]")];
  const wasSent = arrived(marks.map(placeOf));
  for (const mark of marks) watch(mark, wasSent);
};

begin();
