/* Tells the server where the cursor stands in a text, so that a ready text goes there and not to the end; and puts the
   cursor behind what was added, so that one goes on writing. */
(() => {
  "use strict";
  const tell = (event) => {
    const text = event.target;
    if (!(text instanceof HTMLTextAreaElement) || !text.dataset.insertHere || !text.form) return;
    const field = text.form.elements.namedItem(text.dataset.insertHere);
    if (field instanceof HTMLInputElement) field.value = String(text.selectionEnd);
  };
  for (const name of ["keyup", "pointerup", "input", "focusout"]) document.addEventListener(name, tell);

  const goOn = (root) => {
    const text = root.querySelector("textarea[data-cursor]");
    if (!text) return;
    text.setSelectionRange(Number(text.dataset.cursor), Number(text.dataset.cursor));
    tell({ target: text });
  };
  goOn(document);
  document.addEventListener("htmx:load", (event) => goOn(event.target));
})();
