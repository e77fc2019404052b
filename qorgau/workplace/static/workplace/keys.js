/* The keys of the desk. A page says what a key does:

   data-hotkey="N"      follow this link, press this button
   data-hotkey="G Q"    the same for G and then Q
   data-sheet           the link to the sheet of keys: opens it over the page

   Letters are places on the keyboard, so they work in Kazakh and Russian layouts. A single key does nothing while a field,
   a list or a dialog has the focus, nor when the reader has turned single keys off (data-keys="off" on the page). A box to
   tick takes no letters, so keys go on working there. Nothing is captured that a screen reader needs: the focus moves
   between real links.                                                                                                    */

(() => {
  "use strict";

  const SECONDS_FOR_THE_SECOND = 1.5;
  const BACK_TO_THE_LIST = "U";
  const CAME_FROM = "qorgau-came-from";
  const FIELDS = "input:not([type='checkbox']), textarea, select, [contenteditable], [role='combobox'], [role='listbox']";

  let begun = "";
  let beganAt = 0;

  const off = () => document.documentElement.dataset.keys === "off";

  /* What the key is called: the letter it writes in a Latin layout, else the letter at its place. */
  const nameOf = (event) => {
    if (/^[a-z]$/i.test(event.key)) return event.key.toUpperCase();
    return event.code.startsWith("Key") ? event.code.slice(3) : "";
  };

  /* The field of a dialog that was just closed has the keys until the browser draws the page without it. */
  const inField = (event) => {
    const field = event.target.closest?.(FIELDS);
    return field && !field.closest("dialog:not([open])");
  };

  const busy = (event) =>
    event.defaultPrevented || event.isComposing || event.repeat || inField(event) || document.querySelector("dialog[open]");

  /* What is done with several rows waits until some are chosen. */
  const nothingChosen = (element) => element.form?.id === "many" && !document.querySelector("input[name='row']:checked");

  const press = (name) => {
    const element = document.querySelector(`[data-hotkey="${name}"]`);
    if (!element || nothingChosen(element)) return false;
    if (name === BACK_TO_THE_LIST) leaveFor(location.pathname);
    element.click();
    return true;
  };

  /* Rows of a list: the focus goes from one appeal's link to the next. */

  const links = () => [...document.querySelectorAll(".table-rows tbody tr")].map(linkOf).filter(Boolean);

  const linkOf = (row) => row.querySelector("a[data-row], a[href*='/appeal/']");

  const onRow = () => {
    const row = document.activeElement.closest(".table-rows tbody tr");
    return row !== null && linkOf(row) === document.activeElement;
  };

  const step = (by) => {
    const all = links();
    const row = document.activeElement.closest(".table-rows tbody tr");
    const now = row ? all.indexOf(linkOf(row)) : -1;
    const next = now < 0 ? (by > 0 ? all[0] : all[all.length - 1]) : all[now + by];
    const target = next || (by > 0 && document.querySelector(".pager a[rel='next']"));
    if (!target) return false;
    target.focus();
    target.scrollIntoView({ block: "nearest" });
    return true;
  };

  /* Back in the list by a key, one is on the row of the appeal one comes from. */
  const leaveFor = (card) => {
    try {
      sessionStorage.setItem(CAME_FROM, card);
    } catch {
      /* No storage: one begins at the top. */
    }
  };

  const comeBack = () => {
    try {
      const card = sessionStorage.getItem(CAME_FROM);
      sessionStorage.removeItem(CAME_FROM);
      if (card) links().find((link) => card.startsWith(link.pathname))?.focus();
    } catch {
      /* As above. */
    }
  };

  /* Ticks the row one is on, and leaves the focus where it is. */
  const tick = () => {
    const box = document.activeElement.closest(".table-rows tbody tr")?.querySelector("input[name='row']");
    if (!box) return false;
    box.click();
    return true;
  };

  const BY_NAME = { J: () => step(1), K: () => step(-1), X: tick };

  const single = (event) => {
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return openSheet();
    if (event.key === "ArrowDown") return onRow() && step(1);
    if (event.key === "ArrowUp") return onRow() && step(-1);
    const name = nameOf(event);
    if (!name || event.shiftKey) return false;
    const second = begun && Date.now() - beganAt < SECONDS_FOR_THE_SECOND * 1000;
    const sequence = second ? `${begun} ${name}` : "";
    begun = "";
    if (sequence) return press(sequence);
    if (document.querySelector(`[data-hotkey^="${name} "]`)) {
      begun = name;
      beganAt = Date.now();
      return true;
    }
    return (BY_NAME[name] && links().length > 0 && BY_NAME[name]()) || press(name);
  };

  /* Ctrl+Enter sends the form one is in; from beside all forms, the only one a page is for. */
  const send = (event) => {
    const form = event.target.closest("form") || document.querySelector("#verb-form form");
    if (!form || !form.closest("main")) return false;
    form.requestSubmit();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const withControl = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (withControl && event.key === "Enter" && !event.defaultPrevented && !event.repeat) {
      if (!document.querySelector("dialog[open]") && send(event)) event.preventDefault();
      return;
    }
    if (withControl || event.altKey || off() || busy(event)) return;
    if (single(event)) event.preventDefault();
  });

  /* The sheet */

  const dialogFrom = (id) => {
    const template = document.getElementById(id);
    document.body.append(template.content.cloneNode(true));
    const dialog = document.body.lastElementChild;
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    /* A press outside of the box closes it. */
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    return dialog;
  };

  const show = (dialog) => {
    const before = document.activeElement;
    dialog.addEventListener("close", () => before && before.isConnected && before.focus(), { once: true });
    dialog.showModal();
  };

  let sheet = null;

  const fill = async (link) => {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true", "HX-Target": "key-sheet" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const place = document.createElement("div");
    place.innerHTML = await answer.text();
    sheet.querySelector("#key-sheet").replaceChildren(...place.childNodes);
  };

  const openSheet = () => {
    const link = document.querySelector("a[data-sheet]");
    if (!link) return false;
    sheet ||= dialogFrom("key-sheet-dialog");
    const ready = sheet.querySelector("#key-sheet").childElementCount ? Promise.resolve() : fill(link);
    ready.then(() => show(sheet)).catch(() => location.assign(link.href));
    return true;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sheet]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details[open]")?.removeAttribute("open");
    openSheet();
  });

  /* What a key does is also told to those who read with their ears. */
  const tell = (root) =>
    root.querySelectorAll("[data-hotkey]").forEach((element) => {
      element.setAttribute("aria-keyshortcuts", element.dataset.hotkey);
    });
  if (!off()) {
    comeBack();
    tell(document);
    document.addEventListener("htmx:load", (event) => tell(event.target));
  }

  window.qorgauDialogs = { dialogFrom, show };
})();
