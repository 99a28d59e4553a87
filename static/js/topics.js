// Several topics stand in one line: what is suggested keeps those that were typed before the last.
const apart = /[;,]/;

const suggest = (event) => {
  const line = event.target.closest?.("input[data-topics]");
  if (!line) return;
  const typed = line.value.split(apart).slice(0, -1).map((name) => name.trim());
  const before = typed.map((name) => `${name}; `).join("");
  for (const option of line.list.options) {
    option.dataset.name ||= option.value;
    option.disabled = typed.includes(option.dataset.name);
    option.value = before + option.dataset.name;
  }
};

document.addEventListener("input", suggest);
document.addEventListener("focusin", suggest);
