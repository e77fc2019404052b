/* This browser can ask for the counts by itself, so the list need not wait for them (queue/counts.py). */

(() => {
  "use strict";

  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `counts=later; path=/desk/; max-age=86400; samesite=strict${secure}`;
})();
