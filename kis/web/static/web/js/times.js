// data-time on a field: what people type (730, 7.30, 7u30) is shown as 07:30 when they leave it.
// What cannot be read stays as it was typed; the server says what is the matter.

const FORM = /^(\d{1,2})[:.,hu]?([0-5]\d)?$/;

document.addEventListener("focusout", (event) => {
  const field = event.target;
  if (!field.matches?.("input[data-time]")) return;
  const typed = field.value.trim().toLowerCase();
  const found = typed.length === 3 && /^\d{3}$/.test(typed) ? [, typed[0], typed.slice(1)] : FORM.exec(typed);
  if (!found) return;
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  if (minute > 59 || hour * 60 + minute > 1440) return;
  field.value = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
});
