/* What a page does better with JavaScript. Without it everything still works; nothing here holds data that only it has.

   data-grow         a textarea grows with its text
   data-counter-for  how many characters are left in a field
   data-once         a form is sent once; going back makes it usable again
   data-keep="key"   long texts of a form are kept in this tab and come back into what they were written over, until …
   data-came-back    says that they did, with a button that takes them out again
   data-goes-on      the form came back with what was typed, so it is kept as it is
   data-forget="key" … a page carries this
   data-files        chosen files are listed and can be taken out
   data-print        a button prints
   data-focus        gets the focus when the page opens (the summary of errors)
   data-key="/"      a key that leads to a field (the desk's search)                                                        */

(() => {
  "use strict";

  const each = (root, selector, act) => {
    if (root.matches && root.matches(selector)) act(root);
    root.querySelectorAll(selector).forEach(act);
  };

  /* Texts */

  const grow = (area) => {
    const fit = () => {
      area.style.height = "auto";
      area.style.height = `${Math.min(area.scrollHeight + 4, 900)}px`;
    };
    area.addEventListener("input", fit);
    if (area.value) fit();
  };

  const count = (words) => {
    const field = document.getElementById(words.dataset.counterFor);
    const limit = field && Number(field.dataset.limit || field.getAttribute("maxlength"));
    if (!limit) return;
    /* The browser must not cut what is pasted: the person shortens it, seeing how much is too much. */
    field.removeAttribute("maxlength");
    let wait = 0;
    const tell = () => {
      /* A line break is sent as two characters, and is read as one. */
      const left = limit - [...field.value].length;
      words.textContent = left < 0 ? `${words.dataset.over} ${-left}` : `${words.dataset.left} ${left}`;
      words.classList.toggle("counter-over", left < 0);
      words.hidden = left > limit / 2;
      words.setAttribute("aria-live", left < limit / 20 ? "polite" : "off");
    };
    field.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(tell, 200);
    });
    tell();
  };

  /* Sending once */

  const once = (form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      form.setAttribute("aria-busy", "true");
      setTimeout(() => free(form), 15000);
    });
  };

  const free = (form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  };

  /* Keeping long texts */

  /* Whoever signs in next in this tab gets nothing of those before them. */
  const keeper = (key) => ["qorgau-draft", document.documentElement.dataset.person, key].filter(Boolean).join("-");

  const read = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(keeper(key)) || "{}");
    } catch {
      return {};
    }
  };

  const write = (key, texts) => {
    try {
      sessionStorage.setItem(keeper(key), JSON.stringify(texts));
    } catch {
      /* No storage, or it is full: the server gives every text back after an error anyway. */
    }
  };

  /* What each field held when its form was begun: a text is given back only into what it was written over. */
  const begun = {};

  const keep = (form) => {
    const key = form.dataset.keep;
    const areas = [...form.querySelectorAll("textarea[name]")];
    const remember = (area) => {
      const before = begun[`${key} ${area.name}`] ?? read(key)[area.name]?.before ?? "";
      write(key, { ...read(key), [area.name]: { before, words: area.value } });
    };
    const goesOn = "goesOn" in form.dataset;
    if (!goesOn) areas.forEach((area) => (begun[`${key} ${area.name}`] = area.value));
    const lost = ({ name, value }) => {
      const kept = read(key)[name];
      return !goesOn && kept && kept.before === value && kept.words !== value;
    };
    const back = areas.filter(lost);
    back.forEach((area) => {
      area.value = read(key)[area.name].words;
      area.dispatchEvent(new Event("input"));
    });
    areas.forEach((area) => {
      if (goesOn && area.value !== read(key)[area.name]?.words) remember(area);
      area.addEventListener("input", () => remember(area));
    });
    if (back.length) tellOfWordsThatCameBack(form, back);
  };

  const tellOfWordsThatCameBack = (form, areas) => {
    const told = form.querySelector("[data-came-back]");
    if (!told) return;
    told.hidden = false;
    told.querySelector("button").addEventListener("click", () => {
      areas.forEach((area) => {
        area.value = begun[`${form.dataset.keep} ${area.name}`];
        area.dispatchEvent(new Event("input"));
      });
      told.hidden = true;
      areas[0].focus();
    });
  };

  const forget = (element) => {
    try {
      sessionStorage.removeItem(keeper(element.dataset.forget));
    } catch {
      /* No storage, nothing to forget. */
    }
  };

  /* Files */

  /* Not every browser knows how Kazakh writes numbers, so the page brings its units and we the comma. */
  const size = (bytes, list) => {
    const [kilo, mega] = list.dataset.units.split(" ");
    const number = bytes < 1e6 ? Math.max(bytes / 1e3, 0.1) : bytes / 1e6;
    const point = document.documentElement.lang === "en" ? "." : ",";
    return `${number.toFixed(1).replace(".0", "").replace(".", point)} ${bytes < 1e6 ? kilo : mega}`;
  };

  const listFiles = (input) => {
    const list = document.querySelector(`[data-files-of="${CSS.escape(input.id)}"]`);
    if (!list) return;
    /* Browsers write their own words into the control, in their own language. Ours lie over it, and all of it is a target. */
    const zone = input.closest(".file-zone");
    zone.classList.add("file-own");
    zone.querySelector(".file-words").hidden = false;
    const show = () => {
      list.replaceChildren(...[...input.files].map((file, place) => line(file, place)));
      list.hidden = input.files.length === 0;
    };
    const line = (file, place) => {
      const item = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = `${file.name}, ${size(file.size, list)}`;
      item.append(words);
      if (typeof DataTransfer === "function") item.append(remover(file, place));
      return item;
    };
    const remover = (file, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.textContent = list.dataset.remove;
      button.setAttribute("aria-label", `${list.dataset.remove}: ${file.name}`);
      button.addEventListener("click", () => {
        const rest = new DataTransfer();
        [...input.files].forEach((other, index) => index !== place && rest.items.add(other));
        input.files = rest.files;
        show();
        input.focus();
      });
      return button;
    };
    input.addEventListener("change", show);
    show();
  };

  /* Small things */

  const print = (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  };

  const keys = () => {
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
      if (document.documentElement.dataset.keys === "off") return;
      /* In the Cyrillic layouts the same key writes another sign. */
      const key = event.code === "Slash" && !event.shiftKey && event.key !== "?" ? "/" : event.key;
      const field = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!field) return;
      event.preventDefault();
      field.focus();
      if (field.select) field.select();
    });
  };

  /* Searching for one of thousands: typing takes the choice back, and a list that comes late does not replace a choice. */

  const searching = () => {
    document.addEventListener("input", (event) => {
      const field = event.target.closest(".search-choice");
      if (!field || event.target.type !== "search") return;
      field.querySelectorAll(".search-results input:checked").forEach((choice) => {
        choice.checked = false;
      });
    });
    document.addEventListener("htmx:beforeSwap", (event) => {
      const list = event.detail.target;
      if (list.matches(".search-results") && list.querySelector("input:checked")) event.detail.shouldSwap = false;
    });
  };

  const menus = () => {
    document.addEventListener("click", (event) => {
      document.querySelectorAll("details.menu[open]").forEach((menu) => {
        /* What a link of it leads to may come onto this very page. */
        if (!menu.contains(event.target) || event.target.closest(".menu-body a")) menu.open = false;
      });
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      document.querySelectorAll("details.menu[open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    });
  };

  const enhance = (root) => {
    each(root, "textarea[data-grow]", grow);
    each(root, "[data-counter-for]", count);
    each(root, "form[data-once]", once);
    each(root, "form[data-keep]", keep);
    each(root, "[data-forget]", forget);
    each(root, "input[data-files]", listFiles);
    each(root, "[data-print]", print);
  };

  enhance(document);
  keys();
  menus();
  searching();
  each(document, "[data-focus]", (element) => element.focus());
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) enhance(event.target);
  });
  /* A request in the background that fails must not fail in silence. */
  const failed = () => {
    const words = document.querySelector("template[data-request-failed]");
    const main = document.querySelector("main");
    if (!words || main.querySelector("[data-failed]")) return;
    const box = document.createElement("div");
    box.dataset.failed = "";
    box.setAttribute("role", "alert");
    main.prepend(box);
    box.append(words.content.cloneNode(true));
  };
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful) document.querySelectorAll("[data-failed]").forEach((box) => box.remove());
  });

  /* A page that comes back from the browser's memory must be usable again. */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) each(document, "form[data-once]", free);
  });
})();
