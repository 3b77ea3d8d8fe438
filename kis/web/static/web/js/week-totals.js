// The totals of a week while typing, before the server has answered. What cannot be read counts for nothing here;
// the server says what is the matter with it.

const DAY = 1440;
const CLOCK = /^(\d{1,2})(?:[:.,hu]?([0-5]\d))?$/;

const text = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;

function minutesOf(typed) {
  const plain = typed.trim().toLowerCase();
  const found = /^\d{3}$/.test(plain) ? [, plain[0], plain.slice(1)] : CLOCK.exec(plain);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return minutes <= DAY ? minutes : null;
}

function breakOf(typed) {
  let sum = 0;
  for (const part of typed.split(/;|,\s|,(?=[\d:.]+\s*[-–])/)) {
    const [from, to] = part.split(/[-–]/).map((each) => each.trim());
    if (!from) continue;
    if (to) sum += ((minutesOf(to) ?? 0) - (minutesOf(from) ?? 0) + DAY) % DAY;
    else sum += /^\d{1,3}$/.test(from) ? Number(from) : (minutesOf(from) ?? 0);
  }
  return sum;
}

function shiftOf(row) {
  const [start, end] = ["start", "end"].map((part) => minutesOf(row.querySelector(`[data-part=${part}]`).value));
  if (start === null || end === null || start === end) return 0;
  return Math.max(0, end - start + (end < start ? DAY : 0) - breakOf(row.querySelector("[data-part=pause]").value));
}

function dayOf(day) {
  const total = day.querySelector("[data-part=total]");
  if (total?.value.trim()) return minutesOf(total.value) ?? 0;
  return [...day.querySelectorAll("[data-shift]")].reduce((sum, row) => sum + shiftOf(row), 0);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form");
  if (!form || !event.target.dataset.part) return;
  let week = 0;
  for (const day of form.querySelectorAll("[data-day]")) {
    const minutes = dayOf(day);
    week += minutes;
    day.querySelector("[data-day-total]").textContent = minutes ? text(minutes) : "";
  }
  form.closest("section").querySelectorAll("[data-sheet-total]").forEach((el) => (el.textContent = text(week)));
});

// What a form says by itself while somebody types needs no button.
const hidePlain = () => document.querySelectorAll("[data-plain]").forEach((button) => (button.hidden = true));
document.addEventListener("htmx:afterSettle", hidePlain);
hidePlain();
