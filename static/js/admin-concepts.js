// A search field above a long list of concepts in Wagtail's editor. Without it the list can be scrolled.
// Chosen concepts stay in sight while searching; a line above the list names them.
class ConceptsController extends window.StimulusModule.Controller {
  static targets = ["search", "query", "chosen", "option", "heading"];

  connect() {
    this.searchTarget.hidden = false;
    this.tell();
  }

  filter() {
    const words = this.queryTarget.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const option of this.optionTargets) {
      const found = words.every((word) => option.dataset.words.includes(word));
      option.hidden = !found && !option.querySelector("input").checked;
    }
    for (const heading of this.headingTargets) heading.hidden = words.length > 0;
  }

  tell() {
    const chosen = this.optionTargets.filter((option) => option.querySelector("input").checked);
    const names = chosen.map((option) => option.querySelector("span").textContent);
    this.chosenTarget.textContent = names.join(", ") || this.chosenTarget.dataset.empty;
  }

  // Enter in the search field must not save the page.
  stay(event) {
    event.preventDefault();
  }
}

window.wagtail.app.register("concepts", ConceptsController);
