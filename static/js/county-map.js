// Hovering or focusing a county marks it both on the map and in the list beside it. The map is one
// stop of the Tab key; the arrow keys lead from county to county, Home and End to the outermost.
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

const countiesOf = (map) => [...map.querySelectorAll("svg .county[data-county]")];

const stopAt = (counties, chosen) => {
  for (const county of counties) county.setAttribute("tabindex", county === chosen ? "0" : "-1");
};

const prepare = () => {
  for (const map of document.querySelectorAll("[data-county-map]:not([data-county-map=ready])")) {
    const counties = countiesOf(map);
    map.dataset.countyMap = "ready";
    if (counties.length < 2) continue;
    stopAt(counties, counties.find((each) => each.matches("[aria-current]")) ?? counties[0]);
    map.querySelector("[data-county-keys]").hidden = false;
  }
};

const middleOf = (county) => {
  const box = county.querySelector("path").getBBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

const towards = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

// The nearest in that direction; what lies aside counts double.
const next = (counties, from, [right, down]) => {
  const [x, y] = middleOf(from);
  const found = counties
    .map((county) => {
      const [otherX, otherY] = middleOf(county);
      const along = (otherX - x) * right + (otherY - y) * down;
      const aside = Math.abs((otherX - x) * down) + Math.abs((otherY - y) * right);
      return { county, along, far: along + 2 * aside };
    })
    .filter(({ county, along }) => county !== from && along > 1);
  return found.sort((one, other) => one.far - other.far)[0]?.county;
};

const outermost = (counties, side) =>
  [...counties].sort((one, other) => side * (middleOf(one)[0] - middleOf(other)[0]))[0];

const walk = (event) => {
  const from = event.target.closest?.("[data-county-map] .county");
  if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
  const counties = countiesOf(from.closest("[data-county-map]"));
  const chosen = event.key in towards ? next(counties, from, towards[event.key])
    : event.key === "Home" ? outermost(counties, 1)
    : event.key === "End" ? outermost(counties, -1)
    : null;
  if (!chosen && !(event.key in towards)) return;
  event.preventDefault();
  if (!chosen) return;
  stopAt(counties, chosen);
  chosen.focus();
};

// Beside a form that filters by county, a county is chosen in that form, and the page stays.
const choose = (event) => {
  const county = event.target.closest?.("[data-county-map] a.county");
  const field = document.querySelector("form[data-hx-get] select[name=county]");
  if (!county || !field || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (new URL(county.href.baseVal, location).pathname !== new URL(field.form.action).pathname) return;
  event.preventDefault();
  county.focus();
  field.value = county.dataset.county;
  field.form.requestSubmit();
};

document.addEventListener("click", choose);
document.addEventListener("pointerover", mark);
document.addEventListener("focusin", mark);
document.addEventListener("keydown", walk);
document.addEventListener("htmx:after:swap", prepare);
prepare();
