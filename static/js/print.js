// Print buttons; they only show where scripts run.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
