"use strict";
(() => {
  const words = document.body.dataset;
  const form = document.getElementById("filter");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...document.querySelectorAll("[data-found]")].map((element) => ({
    element,
    found: element.dataset.found.split(" "),
    level: element.dataset.level,
    text: plain(element.textContent),
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
    const sought = plain(chosen.get("text")).split(/\s+/);
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

  // The address holds what is chosen, so that it can be kept, sent, and come back to.
  const keep = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const [page] = location.href.split("#");
    history.replaceState(null, "", chosen.length ? `${page}#?${new URLSearchParams(chosen)}` : page);
  };
  const choose = (query) => {
    const chosen = new URLSearchParams(query);
    for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = chosen.getAll(box.name).includes(box.value);
    form.elements.text.value = chosen.get("text") ?? "";
    filter();
  };

  // A link into what is hidden or folded shows it all the same.
  const reveal = () => {
    const name = location.hash.slice(1);
    if (form && name.startsWith("?")) {
      choose(name.slice(1));
      form.scrollIntoView();
      return;
    }
    const target = document.getElementById(name) ?? document.getElementById(name.toUpperCase());
    if (!target) return;
    if (target.closest("[hidden]")) choose("");
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
  const offer = (command) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", () => copy(button, command));
    command.before(button);
  };
  document.querySelectorAll("pre.curl").forEach(offer);

  // The answers are cut where all of them would not fit, and whole in what is packed: unfolding one unpacks it.
  let unpacked;
  const unpack = async () => {
    const { value } = document.getElementById("packed");
    const packed = new Blob([Uint8Array.from(atob(value), (character) => character.charCodeAt(0))]);
    return new Response(packed.stream().pipeThrough(new DecompressionStream("deflate"))).json();
  };
  const complete = async (fold) => {
    unpacked ??= unpack();
    const { body, curl, headers = {} } = (await unpacked)[fold.dataset.whole] ?? {};
    const answer = fold.querySelector("pre:last-child");
    const [head] = answer.textContent.split("\n\n");
    const above = [head, ...Object.entries(headers).map((pair) => pair.join(": "))].join("\n");
    if (body) answer.textContent = `${above}\n\n${typeof body === "string" ? body : JSON.stringify(body, null, 2)}`;
    if (curl && !fold.querySelector(".curl")) {
      const command = document.createElement("pre");
      command.className = "curl";
      command.textContent = curl;
      answer.before(command);
      offer(command);
    }
    delete fold.dataset.whole;
  };
  const onToggle = ({ target }) => {
    if (target.open && target.dataset.whole) complete(target);
  };
  document.addEventListener("toggle", onToggle, true);

  addEventListener("hashchange", reveal);
  document.addEventListener("click", ({ target }) => {
    if (target.closest("a")?.hash === location.hash) reveal();
  });
  if (form) {
    const changed = () => {
      filter();
      keep();
    };
    form.addEventListener("input", changed);
    form.addEventListener("reset", () => setTimeout(changed));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    filter();
  }
  reveal();
})();
