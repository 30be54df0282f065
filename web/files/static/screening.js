// Keys of the page on which documents of a review are screened. Without it, the buttons do the same.
"use strict";
const form = document.getElementById("screening");
if (form) {
  document.addEventListener("keydown", (event) => {
    const own = "input, select, textarea" + (event.key === " " ? ", button, a, summary, .screened" : "");
    if (event.target.closest(own) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const button = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}
