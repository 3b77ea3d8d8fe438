// data-offline: a notice that shows while there is no connection.

const tell = (away) => document.querySelectorAll("[data-offline]").forEach((notice) => (notice.hidden = !away));

addEventListener("offline", () => tell(true));
addEventListener("online", () => tell(false));
document.addEventListener("htmx:sendError", () => tell(true));
document.addEventListener("htmx:afterOnLoad", () => tell(false));
tell(!navigator.onLine);
