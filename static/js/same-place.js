// Results replaced in place change the address: what leads back here from elsewhere follows it.
document.addEventListener("htmx:after:history:update", () => {
  for (const link of document.querySelectorAll("a[hreflang]")) {
    link.search = location.search;
  }
  for (const link of document.querySelectorAll('a[href*="?next="]')) {
    link.search = `?next=${encodeURIComponent(location.pathname + location.search)}`;
  }
});
