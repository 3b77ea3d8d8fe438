// data-key="a": the key that presses this button, follows this link, or goes to this field.
// data-key-focus="/" on a field is the same. "?" shows the keys of the page.

const typing = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const shown = (element) => element.getClientRects().length > 0;
const keyed = () => [...document.querySelectorAll("[data-key], [data-key-focus]")].filter(shown);
const keyOf = (element) => element.dataset.key ?? element.dataset.keyFocus;

function words(element) {
  const label = element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  if (label) return label.trim();
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, svg").forEach((part) => part.remove());
  return copy.textContent.trim();
}

function showKeys(dialog) {
  const list = dialog.querySelector("[data-shortcuts]");
  list.querySelectorAll("[data-listed]").forEach((line) => line.remove());
  for (const element of keyed().reverse()) {
    const key = document.createElement("dt");
    key.append(Object.assign(document.createElement("kbd"), { textContent: keyOf(element) }));
    const what = Object.assign(document.createElement("dd"), { textContent: words(element) });
    key.dataset.listed = what.dataset.listed = "";
    list.prepend(key, what);
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const help = document.getElementById("shortcuts");
  if (event.key === "?" && help) {
    event.preventDefault();
    showKeys(help);
    return;
  }
  const wanted = keyed().find((element) => keyOf(element) === event.key);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  if (!wanted.matches("input, textarea, select")) wanted.click();
});
