// What every page does by itself. Open menus close on Escape and on a click elsewhere; without this file they still open and close.
const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// What went wrong is the first thing to be read: the focus begins at its summary.
document.querySelector("main .error-summary")?.focus();
