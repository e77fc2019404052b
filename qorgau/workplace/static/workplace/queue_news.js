/* An open queue asks now and then whether something has come, says so above the list, and moves nothing. It asks soon
   after it was drawn or looked at again, less often while it only stands there, and seldom once it has said that the
   list is no longer the newest; it rests while nobody sees the tab.                                                    */

(() => {
  "use strict";

  const FIRST = 30000;
  const LONGEST = 60000;
  const SAID = 180000;
  const SLOWER = 1.5;
  const JUST_NOW = 5000;
  const list = document.getElementById("queue-list");
  const address = document.querySelector("meta[name='queue-news']")?.content;
  if (!list || !address) return;

  let since = "";
  let last = "";
  let wait = 0;
  let pause = FIRST;
  let asked = 0;
  const place = document.createElement("div");
  place.className = "news no-print";
  place.setAttribute("role", "status");
  list.before(place);

  const ask = async () => {
    const query = new URLSearchParams(location.search);
    if (since) query.set("since", since);
    const headers = { "HX-Request": "true" };
    if (last) headers["If-None-Match"] = last;
    asked = Date.now();
    const answer = await fetch(`${address}?${query}`, { headers, cache: "no-store" });
    if (answer.status === 401) return false;
    const mark = answer.headers.get("ETag");
    if (!since && mark) since = mark.replaceAll('"', "").replace("W/", "");
    else if (mark) last = mark;
    if (answer.status === 200) place.innerHTML = await answer.text();
    return true;
  };

  /* Not all at the same second, when a whole desk comes to work at nine. */
  const later = () => {
    clearTimeout(wait);
    wait = setTimeout(once, (place.hasChildNodes() ? SAID : pause) * (0.9 + 0.2 * Math.random()));
    pause = Math.min(pause * SLOWER, LONGEST);
  };

  /* A failed question is asked again next time; signed out, it is not. */
  const once = async () => {
    if (document.hidden) return;
    if (await ask().catch(() => true)) later();
  };

  const begin = () => {
    since = last = "";
    pause = FIRST;
    place.replaceChildren();
    once();
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    pause = FIRST;
    if (Date.now() - asked > JUST_NOW) once();
    else later();
  });
  document.addEventListener("htmx:afterSwap", (event) => event.target === list && begin());
  begin();
})();
