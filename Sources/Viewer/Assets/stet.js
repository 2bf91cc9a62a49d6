// Pages work without this. Inside a list, j and k go from one entry to the next.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.key !== "j" && event.key !== "k")) return;
  const here = event.target.closest(".list > .item, .states > .state, .edits > li");
  if (!here || event.target.closest("input, select, textarea")) return;
  const next = event.key === "j" ? here.nextElementSibling : here.previousElementSibling;
  const link = next && next.querySelector("a[href]");
  if (link) { link.focus(); event.preventDefault(); }
});
