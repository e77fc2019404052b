/* A list with a search (select2) says what stands in it and not what it is for: its name is that of its field. Django makes
   such lists when the page is ready, so they are named right after that. */

(() => {
  "use strict";

  const name = (box) => {
    const label = box.closest(".select2")?.previousElementSibling?.labels?.[0];
    const words = box.querySelector(".select2-selection__rendered");
    if (!label || !words) return;
    label.id ||= `${label.htmlFor}-label`;
    for (const part of [box, words]) part.setAttribute("aria-labelledby", `${label.id} ${words.id}`);
  };

  window.django?.jQuery?.(() => document.querySelectorAll(".select2-selection--single").forEach(name));
})();
