/* Choosing rows of the queue: all of the page at once, a stretch with Shift, and how many are chosen, said aloud.
   Without it the page has a link that comes back with every row chosen, and each row has its own box. */

(() => {
  "use strict";

  const boxes = () => [...document.querySelectorAll('input[name="row"][form="many"]')];
  let last = null;

  const tell = () => {
    const all = boxes();
    const chosen = all.filter((box) => box.checked).length;
    document.querySelectorAll("[data-chosen]").forEach((words) => {
      words.textContent = chosen ? `${words.dataset.chosen} ${chosen}` : "";
    });
    document.querySelectorAll("[data-choose-all]").forEach((box) => {
      box.checked = chosen > 0 && chosen === all.length;
      box.indeterminate = chosen > 0 && chosen < all.length;
    });
  };

  const stretch = (from, to) => {
    const all = boxes();
    const [first, final] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
    if (first >= 0) all.slice(first, final + 1).forEach((box) => (box.checked = to.checked));
  };

  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!box.matches('input[name="row"][form="many"]')) return;
    if (event.shiftKey && last) stretch(last, box);
    last = box;
    tell();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
    if (event.target.matches('[data-choose-all], input[name="row"]')) tell();
  });

  const begin = () => {
    document.querySelectorAll("[data-choose-all]").forEach((box) => (box.closest("[hidden]") || box).removeAttribute("hidden"));
    document.querySelectorAll("[data-choose-link]").forEach((link) => (link.hidden = true));
    tell();
  };

  begin();
  document.addEventListener("htmx:load", begin);
  /* A browser that comes back to the page ticks the boxes again after the scripts have run. */
  window.addEventListener("pageshow", tell);
})();
