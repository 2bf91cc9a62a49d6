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

// In an export: looks words up in the files beside the page, loading only those that hold them.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("search");
  if (!form) return;
  const held = new Map();
  window.stetSearch = (kind, number, value) => held.set(kind === "start" ? kind : `${kind}-${number}`, value);
  const load = (file) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `search/${file}.js`;
    script.onload = () => { script.remove(); resolve(); };
    script.onerror = () => reject(new Error(`search/${file}.js cannot be read`));
    document.head.append(script);
  });
  const most = 100;
  let start, folding;

  const begin = async () => {
    if (start) return;
    await load("start");
    start = held.get("start");
    folding = new Map(start.folding.map(([value, text]) => [String.fromCodePoint(value), text]));
  };
  const isUnspaced = (value) => [[0x0E00, 0x0EFF], [0x1000, 0x109F], [0x1780, 0x17FF], [0x3040, 0x30FF], [0x3400, 0x4DBF],
    [0x4E00, 0x9FFF], [0xAC00, 0xD7AF], [0xF900, 0xFAFF], [0x20000, 0x323AF]].some(([from, to]) => value >= from && value <= to);
  // The same words that the index was made of.
  const words = (text) => {
    const folded = Array.from(text, (letter) => folding.has(letter) ? folding.get(letter) : letter);
    const spaced = folded.map((letter) => letter !== "" && isUnspaced(letter.codePointAt(0)) ? ` ${letter} ` : letter).join("");
    return spaced.match(/[\p{L}\p{N}\p{Co}]+/gu) || [];
  };
  const shard = (word) => {
    let hash = 2166136261;
    for (const letter of Array.from(word).slice(0, 2)) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619) >>> 0;
    return hash % start.files.length;
  };
  const shards = new Map();
  const lines = async (number) => {
    if (!shards.has(number)) {
      const found = [];
      for (let file = 0; file < start.files[number]; file += 1) {
        await load(`words-${number}-${file}`);
        found.push(...held.get(`words-${number}`).split("\n"));
        held.delete(`words-${number}`);
      }
      shards.set(number, found.filter((line) => line !== "").map((line) => line.split(" ")));
    }
    return shards.get(number);
  };
  const articles = async (word, isBeginning) => {
    const found = new Set();
    for (const [held, ...numbers] of await lines(shard(word))) {
      if (held === word || (isBeginning && held.startsWith(word))) for (const number of numbers) found.add(Number(number));
    }
    return found;
  };
  const entry = async (number) => {
    const block = Math.floor(number / start.block);
    if (!held.has(`articles-${block}`)) await load(`articles-${block}`);
    return held.get(`articles-${block}`)[number % start.block];
  };
  const item = ([headline, key, href, last, dir]) => {
    const part = (name, text, attributes) => Object.assign(document.createElement(name), { textContent: text }, attributes);
    const entry = part("li", "", { className: "item" });
    const title = part("h2", "", { className: "title", dir });
    title.lang = "";
    title.append(part("a", headline, { href }));
    const meta = part("p", "", { className: "meta" });
    meta.append(part("bdi", key, { className: "key" }), part("span", `last seen ${last}`, {}));
    entry.append(title, meta);
    return entry;
  };
  const search = async (text) => {
    await begin();
    let result = null;
    for (const piece of text.replaceAll("\"", " ").split(/\s+/u)) {
      const own = words(piece);
      for (const [at, word] of own.entries()) {
        const isBeginning = piece.endsWith("*") && at === own.length - 1;
        if (isBeginning && Array.from(word).length < 2) throw new Error("A beginning needs two letters at least.");
        const found = await articles(word, isBeginning);
        result = result === null ? found : new Set([...result].filter((number) => found.has(number)));
      }
    }
    return result === null ? null : [...result].sort((a, b) => a - b);
  };
  const show = async (text) => {
    const [told, list] = [document.getElementById("found"), document.getElementById("hits")];
    list.replaceChildren();
    try {
      const numbers = await search(text);
      if (numbers === null) { told.textContent = "There is no word in what was asked for."; return; }
      for (const number of numbers.slice(0, most)) list.append(item(await entry(number)));
      const more = numbers.length > most ? `; the first ${most} are shown` : "";
      told.textContent = numbers.length === 1 ? "1 article" : `${numbers.length} articles${more}`;
    } catch (error) {
      told.textContent = error.message;
    }
  };
  // What is looked for stands in the address, so that one can go back to it.
  const follow = () => {
    const text = decodeURIComponent(location.hash.slice(1));
    form.elements.words.value = text;
    if (text !== "") show(text);
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = `#${encodeURIComponent(form.elements.words.value)}`;
    if (location.hash === address) follow(); else location.hash = address;
  });
  window.addEventListener("hashchange", follow);
  follow();
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
