// What every page does: keys, focus, selecting all, and saying when the connection is gone.

const shown = (element) => element && element.getClientRects().length > 0;
const typing = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

// data-key="a": the key that presses this button or follows this link.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]") && event.key !== "Escape") return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((el) => el.dataset.key === event.key && shown(el));
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
});

// data-opens="id": opens a dialog; data-closes: closes the one around it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens)?.showModal();
  }
  // data-unfolds="id": opens the details and goes to its first field.
  const unfolder = event.target.closest("[data-unfolds]");
  if (unfolder) {
    event.preventDefault();
    const details = document.getElementById(unfolder.dataset.unfolds);
    details.open = true;
    details.scrollIntoView({ block: "nearest" });
    details.querySelector("input:not([type=hidden]), textarea")?.focus();
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
});

// data-check-all="name": ticks all boxes of that name; data-tally: shows how many are ticked and their total.
const minutesText = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
function tally(form) {
  const ticked = [...form.querySelectorAll("input[type=checkbox][data-minutes]:checked")];
  const total = ticked.reduce((sum, box) => sum + Number(box.dataset.minutes), 0);
  form.querySelectorAll("[data-tally=count]").forEach((el) => (el.textContent = ticked.length));
  form.querySelectorAll("[data-tally=hours]").forEach((el) => (el.textContent = minutesText(total)));
  form.querySelectorAll("[data-needs-tick]").forEach((el) => (el.disabled = ticked.length === 0));
}
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.form) return;
  if (box.dataset.checkAll) {
    box.form.querySelectorAll(`input[type=checkbox][name="${box.dataset.checkAll}"]`).forEach((each) => (each.checked = box.checked));
  }
  if (box.matches("[data-minutes], [data-check-all]")) tally(box.form);
  if (box.matches("[data-submits]")) box.form.requestSubmit();
});

function arrive(root) {
  root.querySelectorAll("form").forEach((form) => form.querySelector("[data-tally]") && tally(form));
  root.querySelector("[data-focus]")?.focus();
}
document.addEventListener("DOMContentLoaded", () => arrive(document));
document.addEventListener("htmx:afterSettle", (event) => arrive(event.target));
arrive(document);

// A form is sent once; the button comes back when the reader comes back.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
