// Comfort for those who have JavaScript: keys, suggestions, and the number that chosen filters would give. Every page works without it.
"use strict";
(() => {
  const box = document.querySelector("[data-suggest]");
  const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

  if (box) {
    const list = document.createElement("datalist");
    list.id = "suggestions";
    box.after(list);
    box.setAttribute("list", list.id);
    let wait = 0, asked = "";
    box.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        const text = box.value;
        if (text.trim().length < 2 || text === asked) return;
        asked = text;
        const answer = await fetch("/suggest?q=" + encodeURIComponent(text));
        if (!answer.ok || box.value !== text) return;
        list.replaceChildren(...(await answer.json()).map((row) => {
          const option = document.createElement("option");
          option.value = row.text;
          option.label = row.text + " · " + row.documents;
          return option;
        }));
      }, 120);
    });
  }

  const live = document.querySelector("[data-live]");
  const form = document.getElementById("search");
  if (live && form) {
    form.addEventListener("change", async (event) => {
      if (event.target.name === "sort") { form.submit(); return; }
      const chosen = new URLSearchParams(new FormData(form));
      chosen.set("size", "0");
      const answer = await fetch("/search.json?" + chosen);
      if (answer.ok) live.textContent = (await answer.json()).total.toLocaleString(document.documentElement.lang);
    });
  }

  const follow = (selector) => { const link = document.querySelector(selector); if (link) link.click(); };
  const titles = [...document.querySelectorAll(".hit .title a, .places a")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    const here = titles.indexOf(document.activeElement);
    const keys = {
      "/": () => { if (box) { box.focus(); box.select(); } },
      j: () => titles[Math.min(here + 1, titles.length - 1)]?.focus(),
      k: () => titles[Math.max(here - 1, 0)]?.focus(),
      n: () => follow(".trail [rel=next]"),
      p: () => follow(".trail [rel=prev]"),
      "]": () => follow(".paging [rel=next]"),
      "[": () => follow(".paging [rel=prev]"),
      u: () => follow(".trail a"),
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
})();
