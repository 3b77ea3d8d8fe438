// A draft that saves itself, and is never lost. htmx sends it while typing; this module keeps what has not been
// saved yet on the device, sends it again when the connection is back, and hands in only when nothing is under way.

const AGAIN = 10_000; // milliseconds between two tries without a connection
const OLD = 14 * 24 * 3600 * 1000; // what is older than this is not offered any more
const forms = () => document.querySelectorAll("form[data-draft]");
const keyOf = (pk) => `kis.draft.${pk}`;
const state = new Map(); // per timesheet: how often was typed, how much of that was sent, and a submit that waits

const of = (form) => {
  const pk = form.dataset.draft;
  if (!state.has(pk)) state.set(pk, { typed: 0, sent: 0, saved: 0, busy: false, waiting: null });
  return state.get(pk);
};

function fieldsOf(form) {
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  delete fields.csrfmiddlewaretoken;
  return fields;
}

function store(form) {
  try {
    localStorage.setItem(keyOf(form.dataset.draft), JSON.stringify({ at: Date.now(), fields: fieldsOf(form) }));
  } catch {
    // No room, or not allowed: the server's draft is all there is.
  }
}

function stored(pk) {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(pk)));
    return kept && Date.now() - kept.at < OLD ? kept : null;
  } catch {
    return null;
  }
}

const forget = (pk) => localStorage.removeItem(keyOf(pk));

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  of(form).typed += 1;
  store(form);
});

const draftOf = (event) => event.detail.elt?.closest?.("form[data-draft]");

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = draftOf(event);
  if (!form) return;
  of(form).busy = true;
  of(form).sent = of(form).typed;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = draftOf(event);
  if (!form) return;
  const now = of(form);
  now.busy = false;
  tie(form);
  if (event.detail.successful) {
    now.saved = now.sent;
    const stale = form.isConnected && form.querySelector("[name=stale]");
    if (now.saved === now.typed && !stale) forget(form.dataset.draft);
  } else if (form.isConnected) {
    setTimeout(() => again(form), AGAIN);
  }
  const waiting = now.waiting;
  now.waiting = null;
  if (waiting && form.isConnected) form.requestSubmit(waiting);
});

function again(form) {
  const now = of(form);
  if (form.isConnected && !now.busy && now.saved < now.typed) window.htmx.trigger(form, "again");
}

addEventListener("online", () => forms().forEach(again));

// A button that leaves the page waits for a draft that is under way; without a connection nothing leaves at all.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("form[data-draft]")) return;
    if (!navigator.onLine || of(form).busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      of(form).waiting = of(form).busy ? event.submitter : null;
      document.querySelector("[data-offline]:not([hidden])")?.scrollIntoView({ block: "nearest" });
      return;
    }
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  },
  true,
);

// What is wrong is tied to its field, also after the server has answered in parts.
function tie(form) {
  for (const field of form.querySelectorAll("[data-day] :is(input, select), .expense :is(input, select)")) {
    const error = form.querySelector(`[data-error-of="${field.id}"]`);
    if (error) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", error.id);
    } else if (field.getAttribute("aria-describedby")?.endsWith("-error")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-forget]");
  if (link) forget(link.dataset.forget);
});

// Once a page: bring back what was typed and never reached the server.
const VOLATILE = ["version", "page", "stale"];

function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)].filter((name) => !VOLATILE.includes(name)));
  return [...names].every((name) => (one[name] ?? "").trim() === (other[name] ?? "").trim());
}

function bringBack(form) {
  const pk = form.dataset.draft;
  const kept = stored(pk);
  if (!kept || same(kept.fields, fieldsOf(form))) return forget(pk);
  const values = { ...kept.fields, do: "restore" };
  window.htmx.ajax("POST", form.action, { values, target: `#sheet-${pk}`, swap: "outerHTML" }).then(() => {
    if (!document.querySelector(`#sheet-${pk} [name=stale]`)) forget(pk);
  });
}

function arrive() {
  document.querySelectorAll("[data-plain-save]").forEach((button) => (button.hidden = true));
  forms().forEach((form) => form.dataset.sent && delete form.dataset.sent);
}

document.addEventListener("htmx:afterSettle", arrive);
addEventListener("pageshow", arrive);
addEventListener("load", () => forms().forEach(bringBack));
arrive();
