// Comfort for those who have JavaScript: keys, suggestions, quotations to the clipboard, and the number that chosen filters
// would give. Every page works without it.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const first = (selector) => document.querySelector(selector);
  const box = first("[data-suggest]");
  const typing = (node) => node.isContentEditable || /^(TEXTAREA|SELECT)$/.test(node.tagName)
    || (node.tagName === "INPUT" && !/^(checkbox|radio)$/.test(node.type));

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

  const live = first("[data-live]");
  const form = document.getElementById("search");
  if (live && form) {
    form.addEventListener("change", async () => {
      const chosen = new URLSearchParams(new FormData(form));
      chosen.set("size", "0");
      const answer = await fetch("/search.json?" + chosen);
      if (answer.ok) live.textContent = (await answer.json()).total.toLocaleString(document.documentElement.lang);
    });
  }

  // A job's page stays when the server ends, and says so; once the server answers again, so does the page.
  const job = first("[data-job]");
  const ask = async () => {
    let answer;
    try { answer = await fetch(location.href, { cache: "no-store" }); } catch { }
    job.previousElementSibling.hidden = answer;
    if (answer && answer.status < 500) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-job]");
      if (!now) { location.reload(); return; }
      job.replaceChildren(...now.childNodes);
    }
    setTimeout(ask, 1000 * job.dataset.job);
  };
  if (job) setTimeout(ask, 1000 * job.dataset.job);

  // What is selected in the text, else the sentence that the server chose, or the passage of a hit.
  const copies = all("[data-copy]");
  for (const copy of copies) {
    copy.hidden = false;
    let said = copy.nextElementSibling;
    if (!said) {
      said = document.createElement("output");
      said.className = "live";
      copy.after(" ", said);
    }
    copy.addEventListener("click", async () => {
      const citation = document.getElementById(copy.dataset.copy);
      const body = citation ? first(".text") : copy.closest(".hit").querySelector(".passage [dir]");
      const selection = getSelection();
      const inText = selection.rangeCount && body.contains(selection.getRangeAt(0).commonAncestorContainer);
      const quote = (inText && selection.toString() || (citation ? "" : body.textContent)).trim().replace(/\s+/g, " ");
      said.textContent = "";
      try {
        const text = quote ? copy.dataset.quotation.replace("{}", () => quote) : citation.textContent.trim();
        await navigator.clipboard.writeText(text);
        said.textContent = copy.closest("[data-said]").dataset.said + " " + text;
      } catch {
        if (citation) citation.closest("details").open = true;
        selection.selectAllChildren(citation ?? body);
      }
    });
  }

  // Similar documents take longer than the rest, so they are asked for when a reader comes near.
  const similar = first("[data-similar]");
  if (similar) new IntersectionObserver(async (seen, watch) => {
    if (!seen[0].isIntersecting) return;
    watch.disconnect();
    const answer = await fetch(similar.href);
    const list = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("similar");
    if (list) similar.parentNode.after(list);
  }, { rootMargin: "300px" }).observe(similar);

  const off = () => { try { return localStorage.keys === "off"; } catch { return false; } };
  const tick = (root) => {
    const choice = root.querySelector("[data-keys-off]");
    if (!choice) return;
    choice.closest("[data-keys]").hidden = false;
    choice.checked = off();
    choice.addEventListener("change", () => { try { localStorage.keys = choice.checked ? "off" : "on"; } catch { } });
  };
  tick(document);
  const showKeys = async () => {
    const answer = await fetch("/help");
    const keys = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("keys");
    if (!keys || first("dialog")) return;
    const dialog = document.createElement("dialog");
    keys.removeAttribute("id");
    dialog.append(keys);
    tick(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.setAttribute("aria-label", keys.querySelector("h2").textContent);
    dialog.showModal();
  };

  const follow = (selector) => { const link = first(selector); if (link) link.click(); };
  const hits = all(".hit .title a, table .of-title a"), marks = all("mark[id]");
  const stops = marks.length ? marks : hits;
  let at = marks.findIndex((mark) => "#" + mark.id === location.hash);
  const step = (by, edge) => {
    const focused = stops.indexOf(document.activeElement);
    const next = (focused < 0 ? at : focused) + by;
    if (next >= stops.length || (next < 0 && marks.length)) { follow(edge); return; }
    at = Math.max(next, 0);
    stops[at]?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || off() || first("dialog")) return;
    const keys = {
      "/": () => { if (box) { box.focus(); box.select(); } },
      "?": showKeys,
      j: () => step(1, ".places [rel=next]"),
      k: () => step(-1, ".places [rel=prev]"),
      n: () => follow(".trail [rel=next]"),
      p: () => follow(".trail [rel=prev]"),
      "]": () => follow(".paging [rel=next]"),
      "[": () => follow(".paging [rel=prev]"),
      o: () => follow(".original"),
      c: () => (document.activeElement.closest(".hit")?.querySelector("[data-copy]") ?? copies[0])?.click(),
      u: () => follow(".trail a"),
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
})();
