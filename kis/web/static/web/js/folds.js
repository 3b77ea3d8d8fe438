// What opens and closes: dialogs, folded parts, the reader's own menu.
//
// data-opens="id"    opens that dialog; without scripts the link or button leads to a page that does the same
// data-closes        closes the dialog around it
// data-unfolds="id"  opens that <details> and goes to its first field

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens).showModal();
  }
  const unfolder = event.target.closest("[data-unfolds]");
  if (unfolder) {
    event.preventDefault();
    const details = document.getElementById(unfolder.dataset.unfolds);
    details.open = true;
    details.scrollIntoView({ block: "nearest" });
    details.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
  if (event.target.closest("[data-closes]") || event.target.matches("dialog")) event.target.closest("dialog")?.close();
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
