/* The palette of commands: a combobox over a list, after the pattern of the ARIA Authoring Practices Guide.
   Ctrl+K or ⌘K opens it anywhere, [data-palette] by hand. The server finds; this only shows and goes.                    */

(() => {
  "use strict";

  const WAIT = 120;
  const { dialogFrom, show } = window.qorgauDialogs;
  let dialog = null;
  let input = null;
  let list = null;
  let said = null;
  let chosen = -1;
  let wait = 0;
  let asked = null;
  let current = false; /* whether the list belongs to what stands in the field */
  let goes = false; /* Enter was pressed before the list came */

  const options = () => [...list.querySelectorAll("[role='option']")];

  const choose = (place) => {
    const all = options();
    chosen = all.length ? (place + all.length) % all.length : -1;
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    if (chosen < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  };

  const link = () => document.querySelector("a[data-palette]");
  const token = () => document.querySelector("input[name='csrfmiddlewaretoken']").value;

  /* What was typed goes by POST: it may be somebody's identity number. */
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(link().href);
    const body = new URLSearchParams(address.search);
    body.set("words", input.value);
    const headers = { "HX-Request": "true", "HX-Target": "palette-list", "X-CSRFToken": token() };
    const answer = await fetch(address.pathname, { method: "POST", body, headers, signal: asked.signal });
    if (answer.status === 401) location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const place = document.createElement("div");
    place.innerHTML = await answer.text();
    const words = place.querySelector("[data-said]");
    list.replaceChildren(...[...place.children].filter((one) => one !== words));
    said.textContent = words.textContent;
    said.classList.toggle("visually-hidden", list.childElementCount > 0);
    input.setAttribute("aria-expanded", String(list.childElementCount > 0));
    current = true;
    choose(0);
    if (goes) enter();
  };

  /* A list that does not come is no reason to be stuck: the page does the same. */
  const find = () => {
    clearTimeout(wait);
    return ask().catch((error) => error.name === "AbortError" || location.assign(link().href));
  };

  /* Who types faster than the list comes goes to what they typed, not to what stood there before. */
  const enter = () => {
    if (!current) {
      if (!goes) find();
      goes = true;
      return;
    }
    goes = false;
    if (chosen >= 0) go(options()[chosen]);
  };

  const go = (option) => {
    const { href, field, value } = option.dataset;
    if (field) return sendTo(href, field, value);
    dialog.close();
    const here = [...document.querySelectorAll("main a[hx-get]")].find((one) => one.getAttribute("href") === href);
    if (here) here.click();
    else location.assign(href);
  };

  const sendTo = (action, field, value) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = action;
    const facts = { csrfmiddlewaretoken: token(), next: location.pathname + location.search, [field]: value };
    for (const [name, text] of Object.entries(facts)) {
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = name;
      hidden.value = text;
      form.append(hidden);
    }
    document.body.append(form);
    form.submit();
  };

  const STEPS = { ArrowDown: () => chosen + 1, ArrowUp: () => chosen - 1 };

  const type = (event) => {
    if (event.isComposing) return;
    if (STEPS[event.key]) choose(STEPS[event.key]());
    else if (event.key === "Enter") enter();
    else return;
    event.preventDefault();
  };

  const make = () => {
    dialog = dialogFrom("palette-dialog");
    input = dialog.querySelector("input");
    list = dialog.querySelector("[role='listbox']");
    said = dialog.querySelector("[role='status']");
    input.addEventListener("keydown", type);
    input.addEventListener("input", () => {
      /* A list for the words before these is of no use any more. */
      current = goes = false;
      asked?.abort();
      clearTimeout(wait);
      wait = setTimeout(find, WAIT);
    });
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role='option']");
      if (option) go(option);
    });
    /* What comes after the palette was closed leads nowhere. */
    dialog.addEventListener("close", () => {
      clearTimeout(wait);
      asked?.abort();
      goes = false;
    });
    /* The focus stays in the field, wherever one presses. */
    list.addEventListener("mousedown", (event) => event.preventDefault());
  };

  const open = () => {
    if (!link() || document.querySelector("dialog[open]")) return;
    if (!dialog) make();
    input.value = "";
    current = goes = false;
    list.replaceChildren();
    show(dialog);
    input.focus();
    find();
  };

  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (!link()) return;
    event.preventDefault();
    if (dialog?.open) dialog.close();
    else open();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a[data-palette]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
})();
