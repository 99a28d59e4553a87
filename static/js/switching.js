// The switch of languages keeps the place: the part of the page one reads, and what was typed into its forms, which
// the same page has in the other language, too. It waits in this window only, and only until that page is open.

const LAID_ASIDE = "switched-language";
const NEVER = /password|^csrfmiddlewaretoken$|^typed_by$|^once$/;

const isSwitch = (control) => control.type === "radio" || control.type === "checkbox";
const controlsOf = (form) =>
  [...form.elements].filter(
    (control) =>
      control.name && !NEVER.test(control.name) && !/^(file|submit|button|reset)$/.test(control.type)
      && (control.type !== "hidden" || control.hasAttribute("data-with-text")),
  );
const valueOf = (control) => {
  if (isSwitch(control)) return control.checked;
  if (control.options) return [...control.selectedOptions].map((option) => option.value);
  return control.written?.() ?? control.value;
};
const nameOf = (control) => (isSwitch(control) ? `${control.name}=${control.value}` : control.name);
const valuesOf = (form) => Object.fromEntries(controlsOf(form).map((control) => [nameOf(control), valueOf(control)]));

// The frame around the page has a form more in a language that is not one's own.
const formsOfPage = () => [...document.querySelectorAll("main form")];

const layAside = (link) => {
  const { pathname } = new URL(link.href);
  try {
    sessionStorage.setItem(LAID_ASIDE, JSON.stringify({ pathname, forms: formsOfPage().map(valuesOf) }));
  } catch {
    // the browser keeps nothing: the page is opened as it is
  }
};

const putBack = (form, values = {}) => {
  for (const control of controlsOf(form)) {
    const value = values[nameOf(control)];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(valueOf(control))) continue;
    if (isSwitch(control)) control.checked = value;
    else if (control.options) for (const option of control.options) option.selected = value.includes(option.value);
    else control.value = value;
    control.dispatchEvent(new Event("refilled"));
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const takeBack = () => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(LAID_ASIDE));
    sessionStorage.removeItem(LAID_ASIDE);
    if (kept?.pathname !== location.pathname) return;
    formsOfPage().forEach((form, place) => putBack(form, kept.forms[place]));
  } catch {
    // nothing was laid aside that could be put back
  }
};

for (const link of document.querySelectorAll(".language-links a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
    layAside(link);
  });
}
addEventListener("load", takeBack);
