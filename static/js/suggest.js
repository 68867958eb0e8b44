// Suggestions below every field with data-suggest (its value is the address that answers), as an ARIA combobox: arrows choose,
// Enter searches, Escape closes. Without this script the field is a plain search field.
const WAIT = 120; // ms of silence before asking
const SHORTEST = 2; // letters

class Suggestions {
  constructor(field, number) {
    this.field = field;
    this.chosen = -1;
    this.list = document.createElement("ul");
    this.list.id = `suggesties-${number}`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
    this.list.hidden = true;
    field.after(this.list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    // The finder stays on its page: what is still to come would cover the results.
    field.form.addEventListener("submit", () => this.close());
    // mousedown, because a click comes after the field has lost the focus.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.search(option.textContent);
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.field.value.trim()), WAIT);
  }

  async ask(text) {
    this.asking?.abort();
    if (text.length < SHORTEST) return this.close();
    const { signal } = (this.asking = new AbortController());
    try {
      const answer = await fetch(`${this.field.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch {
      // Away: typing on and searching still work. Overtaken: the list is for the request that came after this one.
      if (!signal.aborted) this.close();
    }
  }

  show(texts) {
    if (document.activeElement !== this.field || !texts.length) return this.close();
    this.list.replaceChildren(
      ...texts.map((text, index) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        return option;
      }),
    );
    this.choose(-1);
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.choose(-1);
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
  }

  choose(index) {
    const options = [...this.list.children];
    options[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = index;
    const option = options[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  search(text) {
    this.field.value = text;
    this.field.form.requestSubmit();
  }

  key(event) {
    const count = this.list.children.length;
    // A key that composes a letter chooses among letters.
    if (this.list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      // One place more than there are options: between last and first the choice rests on what was typed.
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(((this.chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      this.search(this.list.children[this.chosen].textContent);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }
}

document.querySelectorAll("[data-suggest]").forEach((field, number) => new Suggestions(field, number));
