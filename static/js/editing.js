// A page of writing says that it is open, hears who else writes, and says when it is left.

const EVERY = 20000; // milliseconds
const place = document.querySelector("[data-here]");
const form = document.querySelector("form.drafting");
let typing = false;
let timer = 0;

const message = (fields) => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return body;
};

const end = (sentence) => {
  clearInterval(timer);
  place.textContent = sentence;
};

const beat = async () => {
  const fields = { known: place.querySelector("[data-known]")?.dataset.known ?? "" };
  if (typing) fields.typing = "1";
  typing = false;
  let answer;
  try {
    const body = message(fields);
    answer = await fetch(place.dataset.here, { method: "POST", body, redirect: "manual" });
  } catch {
    return; // no connection: sending says so
  }
  if (answer.type === "opaqueredirect") end(place.dataset.ended);
  else if (answer.status === 200) place.innerHTML = await answer.text();
  else if (answer.status !== 204 && answer.status < 500) end(place.dataset.closed);
};

document.addEventListener("input", () => {
  typing = true;
});
document.addEventListener("keydown", () => {
  typing = true;
});
addEventListener("pagehide", () => {
  if (!form.dataset.sent) navigator.sendBeacon(place.dataset.here, message({ gone: "1" }));
});
addEventListener("pageshow", (event) => event.persisted && beat());
timer = setInterval(beat, EVERY);
