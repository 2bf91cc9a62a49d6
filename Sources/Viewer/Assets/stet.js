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
// Two texts beside each other: lines between what belongs together, and both ends stand out when one is looked at.
for (const beside of document.querySelectorAll(".beside")) {
  const [a, b] = beside.querySelectorAll(".side");
  const ends = (side) => new Map([...side.querySelectorAll("a[data-f]")].reverse().map((link) => [link.dataset.f, link]));
  const [left, right] = [ends(a), ends(b)];
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "lines");
  svg.setAttribute("aria-hidden", "true");
  // Hundreds of lines say nothing: of so many only the one that is looked at is drawn.
  const isMany = left.size > 120;
  const paths = new Map();
  for (const [number, link] of left) {
    if (!right.has(number)) continue;
    const path = document.createElementNS(space, "path");
    path.setAttribute("class", [...link.classList].find((name) => /^k\d$/.test(name)) || "");
    paths.set(number, path);
    if (!isMany) svg.append(path);
  }
  beside.append(svg);
  const height = (link) => { const box = link.getBoundingClientRect(); return box.top + box.height / 2; };
  const place = (number) => {
    const frame = beside.getBoundingClientRect();
    const from = a.getBoundingClientRect().right - frame.left + 4, to = b.getBoundingClientRect().left - frame.left - 4;
    const [top, end] = [height(left.get(number)) - frame.top, height(right.get(number)) - frame.top];
    const middle = (from + to) / 2;
    return `M${from} ${top}C${middle} ${top} ${middle} ${end} ${to} ${end}`;
  };
  const draw = () => {
    // All places are read before any is written: else each line would lay the page out anew.
    const drawn = [...paths].filter(([, path]) => path.parentNode).map(([number, path]) => [path, place(number)]);
    for (const [path, line] of drawn) path.setAttribute("d", line);
  };
  new ResizeObserver(draw).observe(beside);
  let looked = null;
  const look = (number) => {
    if (number === looked) return;
    for (const now of [looked, number]) {
      if (now === null) continue;
      for (const part of beside.querySelectorAll(`[data-f="${now}"]`)) part.classList.toggle("on", now === number);
      const path = paths.get(now);
      if (!path) continue;
      path.classList.toggle("on", now === number);
      if (now === number) { svg.append(path); path.setAttribute("d", place(now)); } else if (isMany) path.remove();
    }
    looked = number;
  };
  const over = (event) => { const part = event.target.closest("[data-f]"); look(part ? part.dataset.f : null); };
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, over);
}
