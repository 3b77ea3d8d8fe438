// Choosing many at once, with the totals of what is chosen.
//
// data-check-all="name"       ticks all boxes of that name in the form
// data-minutes="450"          on a box: what it adds to the hours
// data-tally="count|hours"    shows how many are ticked, and their hours
// data-needs-tick             cannot be pressed while nothing is ticked

const hours = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;

function tally(form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox][data-minutes]")];
  const ticked = boxes.filter((box) => box.checked);
  const total = ticked.reduce((sum, box) => sum + Number(box.dataset.minutes), 0);
  form.querySelectorAll("[data-tally=count]").forEach((place) => (place.textContent = ticked.length));
  form.querySelectorAll("[data-tally=hours]").forEach((place) => (place.textContent = hours(total)));
  form.querySelectorAll("[data-needs-tick]").forEach((button) => (button.disabled = ticked.length === 0));
  form.querySelectorAll("[data-check-all]").forEach((all) => {
    all.checked = boxes.length > 0 && ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
  });
}

const arrive = (root) => root.querySelectorAll("form:has([data-minutes])").forEach(tally);

document.addEventListener("change", (event) => {
  const { form, dataset, checked } = event.target;
  if (!form) return;
  if (dataset.checkAll) {
    form.querySelectorAll(`input[type=checkbox][name="${dataset.checkAll}"]`).forEach((box) => (box.checked = checked));
  }
  if (event.target.matches("[data-minutes], [data-check-all]")) tally(form);
});
document.addEventListener("htmx:afterSettle", () => arrive(document));
addEventListener("pageshow", () => arrive(document));
arrive(document);
