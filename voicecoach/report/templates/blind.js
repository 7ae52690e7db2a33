"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent), words = data.words, rows = data.rows, audio = $("audio");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const SKIP_S = 2;
  let at = 0, address = null;

  /* Everything that is shown goes through here: strings become text nodes, never markup. */
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
    return element;
  }
  const marking = voicecoachMarking({ h, words, fill, batch: data.batch, points: data.points, rows, changed: () => bar.tell(), total: true, appeal: false });
  const bar = marking.bar({ all: true });
  $("marking-place").append(bar.element);

  function sound(given) {
    audio.pause();
    if (address) { URL.revokeObjectURL(address); address = null; }
    if (given.mp3) address = URL.createObjectURL(new Blob([Uint8Array.from(atob(given.mp3), (c) => c.charCodeAt(0))], { type: data.mime }));
    const source = address || given.href;
    audio.hidden = !source;
    $("sound-note").textContent = given.note || (source ? "" : words.noSound);
    if (source) audio.src = source; else audio.removeAttribute("src");
  }
  audio.addEventListener("error", () => { if (audio.hasAttribute("src")) { $("sound-note").textContent = words.sound_missing; audio.hidden = true; } });
  function show(step) {
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    const row = rows[at];
    $("where").textContent = `${at + 1} / ${rows.length}`;
    $("before").disabled = at === 0; $("after").disabled = at === rows.length - 1;
    $("question").textContent = data.questions[row.prompt];
    $("rubric").replaceChildren(...data.rubric[row.prompt].map(([label, clauses]) => h("div", null, h("dt", null, label), clauses.map((clause) => h("dd", null, clause)))));
    $("panel").replaceChildren(marking.panel(row));
    sound(row.sound);
    window.scrollTo(0, 0);
  }
  $("before").addEventListener("click", () => show(-1));
  $("after").addEventListener("click", () => show(1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, audio")) return;
    if (marking.key(event)) { /* a mark */ }
    else if (event.key === " " && !event.target.closest("button, summary")) { if (!audio.hidden) { if (audio.paused) audio.play().catch(() => { /* a gesture is wanted first */ }); else audio.pause(); } }
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") audio.currentTime = Math.max(0, audio.currentTime + (event.key === "ArrowLeft" ? -SKIP_S : SKIP_S));
    else if (event.key === "j" || event.key === "J") show(1);
    else if (event.key === "k" || event.key === "K") show(-1);
    else return;
    event.preventDefault();
  });
  const open = rows.findIndex((row) => !marking.done(row));
  show(Math.max(open, 0));
})();
