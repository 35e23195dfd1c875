"use strict";
(() => {
  const words = document.body.dataset;
  const form = document.getElementById("filter");
  const rows = [...document.querySelectorAll("[data-found]")].map((element) => ({
    element,
    found: element.dataset.found.split(" "),
    level: element.dataset.level,
    text: element.textContent.toLowerCase(),
  }));
  const chapters = new Set(rows.map(({ element }) => element.parentElement));

  // A screen reader hears a status when it changes: late, so that it does not speak at every key.
  const timers = new Map();
  const say = (place, text) => {
    clearTimeout(timers.get(place));
    timers.set(place, setTimeout(() => (document.getElementById(place).textContent = text), 300));
  };

  const filter = () => {
    const chosen = new FormData(form);
    const [outcomes, levels] = [chosen.getAll("outcome"), chosen.getAll("level")];
    const sought = chosen.get("text").toLowerCase().split(/\s+/);
    let shown = 0;
    for (const { element, found, level, text } of rows) {
      const fits =
        (!outcomes.length || outcomes.some((outcome) => found.includes(outcome))) &&
        (!levels.length || levels.includes(level)) &&
        sought.every((word) => text.includes(word));
      element.hidden = !fits;
      shown += fits;
    }
    for (const chapter of chapters) chapter.hidden = !chapter.querySelector("[data-found]:not([hidden])");
    say("shown", words.shown.replace("{shown}", shown).replace("{all}", rows.length));
  };

  // A link into what is hidden or folded shows it all the same.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.closest("[hidden]")) {
      form.reset();
      filter();
    }
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };

  const copy = async (button, command) => {
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = words.copied;
    } catch {
      getSelection().selectAllChildren(command);
      button.textContent = words.selected;
    }
    say("copied", button.textContent);
    setTimeout(() => (button.textContent = words.copy), 3000);
  };
  for (const command of document.querySelectorAll("pre.curl")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.copy;
    button.addEventListener("click", () => copy(button, command));
    command.before(button);
  }

  addEventListener("hashchange", reveal);
  if (form) {
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    filter();
  }
  reveal();
})();
