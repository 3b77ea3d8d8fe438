// A form is sent once, sends itself where that is asked, and leads the eye to what is wrong.
//
// data-submits  a choice that sends its form at once
// data-focus    gets the focus when it appears: a summary of errors, the next thing to do

const lead = (root) => (root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]"))?.focus();

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

// The reader came back, with the form as it was left.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

document.addEventListener("htmx:afterSettle", (event) => lead(event.target));
lead(document);
