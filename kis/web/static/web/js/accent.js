// data-accent: a field with a hue in degrees, shown on the page while it is moved. Nothing is kept until it is saved.

const field = document.querySelector("[data-accent]");
field?.addEventListener("input", () => document.documentElement.style.setProperty("--accent-h", field.value));
