// Hovering or focusing a county marks it both on the map and in the list beside it.
const marked = "is-marked";

const mark = (event) => {
  const code = event.target.closest?.("[data-county]")?.dataset.county;
  for (const element of document.querySelectorAll("[data-county]")) {
    element.classList.toggle(marked, element.dataset.county === code);
  }
  for (const outline of document.querySelectorAll("[data-county-outline]")) {
    const shape = code && outline.parentNode.querySelector(`[data-county="${code}"] path`);
    outline.setAttribute("d", shape ? shape.getAttribute("d") : "M0 0");
  }
  for (const caption of document.querySelectorAll("[data-county-caption]")) {
    caption.dataset.countyCaption ||= caption.textContent || " ";
    const shape = code && caption.closest("figure").querySelector(`[data-county="${code}"] title`);
    caption.textContent = shape ? shape.textContent : caption.dataset.countyCaption;
  }
};

document.addEventListener("pointerover", mark);
document.addEventListener("focusin", mark);
