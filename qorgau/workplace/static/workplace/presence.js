/* The card asks every minute who else is here. A card in a hidden tab is not asked for, and a question that fails says
   nothing: the next one may succeed, and the person is busy writing. */

(() => {
  "use strict";

  const isAsking = (event) => event.target instanceof Element && event.target.id === "here";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isAsking(event) && document.hidden) event.preventDefault();
  });
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(failure, (event) => isAsking(event) && event.stopImmediatePropagation(), true);
  }
})();
