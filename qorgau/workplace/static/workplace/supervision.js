/* Drag an appeal, or all chosen ones, onto a colleague. The list of choices and the button beside it do the same
   without a mouse and without this file. */

(() => {
  "use strict";

  const set = (form) => {
    const people = form.querySelector("[data-give-to]");
    if (!people || !window.matchMedia("(pointer: fine)").matches) return;
    people.hidden = false;
    form.querySelectorAll("[data-appeal]").forEach((row) => {
      row.draggable = true;
      row.addEventListener("dragstart", (event) => {
        event.dataTransfer.setData("text/plain", row.dataset.appeal);
        event.dataTransfer.effectAllowed = "move";
      });
    });
    people.querySelectorAll("[data-to]").forEach((person) => {
      const over = (on) => (event) => {
        if (on) event.preventDefault();
        person.classList.toggle("over", on);
      };
      person.addEventListener("dragenter", over(true));
      person.addEventListener("dragover", over(true));
      person.addEventListener("dragleave", over(false));
      person.addEventListener("drop", (event) => {
        event.preventDefault();
        const number = event.dataTransfer.getData("text/plain");
        const box = [...form.querySelectorAll("[name=appeal]")].find((one) => one.value === number);
        if (!box) return;
        box.checked = true;
        form.elements.to.value = person.dataset.to;
        form.requestSubmit();
      });
    });
  };

  document.querySelectorAll("form[data-give]").forEach(set);
})();
