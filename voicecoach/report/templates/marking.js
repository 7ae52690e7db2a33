"use strict";
/* What a person marks: kept by the browser while it is made, saved as a sheet that `voicecoach agree` reads.
   `batch` tells one batch's marks from another's, `points` gives each prompt's [id, label] in order, `rows` are
   the answers ({ file, prompt }), `changed` is called after every change; `total` and `appeal` are asked for or not. */
const voicecoachMarking = ({ h, words, fill, batch, points, rows, changed, total, appeal = true }) => {
  const STORE = `voicecoach-marks-${batch}`, STATES = [["1", "mark_counts"], ["0.5", "mark_maybe"], ["0", "mark_counts_not"]];
  const NOTHING = "n/a", FORMULA = /^[=+\-@\t\r\n＝＋－＠]/, SURE_MS = 4000;
  const keyOf = (row) => `${row.prompt}\n${row.file}`;
  let state = { rater: "", marks: {} }, kept = true, unsaved = false, current = 0, panelRow = null;

  function recall() {
    try {
      const text = localStorage.getItem(STORE), read = text ? JSON.parse(text) : null;
      if (read && typeof read.marks === "object") state = { rater: String(read.rater || ""), marks: read.marks };
    } catch { kept = false; /* a page from a file may keep nothing: that is told */ }
  }
  function keep() {
    try { localStorage.setItem(STORE, JSON.stringify(state)); kept = true; } catch { kept = false; }
    unsaved = true;
    changed();
  }
  recall();
  window.addEventListener("storage", (event) => { if (event.key === STORE) { recall(); changed(); if (panelRow) redraw(); } });
  window.addEventListener("beforeunload", (event) => { if (!kept && unsaved) event.preventDefault(); });

  const pointsOf = (row) => points[row.prompt] || [];
  const entry = (row) => state.marks[keyOf(row)] || { points: {}, total: "", note: "", appeal: "" };
  function set(row, change) {
    const made = { ...entry(row), ...change };
    if (Object.keys(made.points).length || made.total || made.note || made.appeal) state.marks[keyOf(row)] = made;
    else delete state.marks[keyOf(row)];
    keep();
  }
  function mark(row, id, value) {
    const given = { ...entry(row).points };
    if (value === null) delete given[id]; else given[id] = value;
    set(row, { points: given });
  }
  const begun = (row) => Boolean(state.marks[keyOf(row)]);
  const done = (row) => { const of = pointsOf(row), given = entry(row); return of.length ? of.every(([id]) => id in given.points) : given.total !== "" && begun(row); };
  const count = () => { const n = rows.filter(done).length; return { n, all: rows.length, begun: rows.filter(begun).length - n }; };
  function progress() {
    const told = count(), half = Math.max(told.begun, 0);
    return fill(words.marked_of, told) + (half ? fill(words.marked_begun, { n: half }) : "") + (kept ? "" : ` ${words.marks_not_kept}`);
  }

  /* the sheet ------------------------------------------------------------------------------------------ */
  const safe = (text) => (FORMULA.test(text) ? `'${text}` : text);
  const cell = (text) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  function sheet(written) {
    const prompts = [...new Set(written.map((row) => row.prompt))].filter((prompt) => points[prompt]);
    const columns = prompts.flatMap((prompt) => points[prompt].map(([id, label]) => ({ prompt, id, heading: `${prompts.length > 1 ? `${prompt}/${id}` : id} ${label === id ? "" : label}`.trim() })));
    const lines = [["file", "prompt", "rater", ...columns.map((column) => safe(column.heading)), ...(total ? ["total (0-100)"] : []), "note", ...(appeal ? ["appeal"] : [])]];
    for (const row of written) {
      const given = entry(row);
      lines.push([safe(row.file), safe(row.prompt), safe(state.rater), ...columns.map((column) => (column.prompt === row.prompt ? given.points[column.id] ?? "" : NOTHING)), ...(total ? [given.total] : []), safe(given.note), ...(appeal ? [safe(given.appeal)] : [])]);
    }
    return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  }
  function save(all) {
    const address = URL.createObjectURL(new Blob([sheet(all ? rows : rows.filter(begun))], { type: "text/csv" }));
    const name = state.rater.replace(/[^\p{L}\p{N}_-]+/gu, "_");
    const link = h("a", { href: address, download: name ? `marks-${name}.csv` : "marks.csv", hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), SURE_MS);
    unsaved = false;
  }

  /* A saved sheet, to go on elsewhere: what it marks of our answers replaces what is marked here. */
  function cellsOf(text) {
    const lines = [[]];
    const one = /"((?:[^"]|"")*)"?([,;\t]|\r?\n|$)|([^,;\t\r\n]*)([,;\t]|\r?\n|$)/gy;
    for (let match = one.exec(text); match && one.lastIndex <= text.length; match = one.exec(text)) {
      const [, quoted, afterQuoted, plain, afterPlain] = match, after = quoted === undefined ? afterPlain : afterQuoted;
      const said = (quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim();
      lines[lines.length - 1].push(said.startsWith("'") && FORMULA.test(said.slice(1)) ? said.slice(1) : said);
      if (!after) break;
      if (after.includes("\n")) lines.push([]);
    }
    return lines;
  }
  function take(text) {
    const [heads, ...lines] = cellsOf(text.replace(/^\ufeff/, "")), ours = new Map(rows.map((row) => [keyOf(row), row]));
    const place = (name) => heads.findIndex((head) => head.split(" ")[0] === name);
    const [file, prompt, rater] = ["file", "prompt", "rater"].map(place);
    let n = 0;
    for (const line of file < 0 || prompt < 0 ? [] : lines) {
      const row = ours.get(`${line[prompt]}\n${line[file]}`);
      if (!row) continue;
      const made = { points: {}, total: "", note: "", appeal: "", ...state.marks[keyOf(row)] };
      made.points = { ...made.points };
      for (const [id] of pointsOf(row)) {
        const value = line[[`${row.prompt}/${id}`, id].map(place).find((at) => at >= 0)];
        if (STATES.some(([known]) => known === value)) made.points[id] = value;
      }
      for (const name of ["total", "note", "appeal"]) if (line[place(name)]) made[name] = line[place(name)];
      if (Object.keys(made.points).length || made.total || made.note || made.appeal) { state.marks[keyOf(row)] = made; n += 1; }
      if (!state.rater && line[rater]) state.rater = line[rater];
    }
    keep();
    return n;
  }

  /* the bar over the table: who marks, how far, save ------------------------------------------------------ */
  function bar({ all }) {
    const told = h("span", { class: "marked-progress", id: "marked", role: "status" });
    const rater = h("input", { type: "text", id: "rater", autocomplete: "off", maxlength: 60, placeholder: words.mark_rater, "aria-label": words.mark_rater });
    rater.value = state.rater;
    rater.addEventListener("input", () => { state.rater = rater.value.trim(); keep(); });
    const saving = h("button", { type: "button", class: "quiet", id: "save-marks" }, words.marks_save);
    saving.addEventListener("click", () => save(all));
    const choosing = h("input", { type: "file", accept: ".csv,text/csv", id: "sheet-file", hidden: true, "aria-label": words.marks_open });
    const opening = h("button", { type: "button", class: "quiet", id: "open-marks" }, words.marks_open);
    opening.addEventListener("click", () => choosing.click());
    choosing.addEventListener("change", async () => {
      const given = choosing.files[0];
      if (!given) return;
      const n = take(await given.text());
      choosing.value = "";
      rater.value = state.rater;
      told.textContent = `${progress()} · ${fill(words.marks_opened, { n })}`;
      if (panelRow) redraw();
    });
    const clearing = h("button", { type: "button", class: "link", id: "clear-marks" }, words.marks_clear);
    let sure = 0;
    clearing.addEventListener("click", () => {
      const again = sure;
      clearTimeout(sure); sure = 0;
      if (again) { state.marks = {}; clearing.textContent = words.marks_clear; keep(); return; }
      clearing.textContent = words.marks_clear_sure;
      sure = setTimeout(() => { sure = 0; clearing.textContent = words.marks_clear; }, SURE_MS);
    });
    const tell = () => { const { n, begun: half } = count(); told.textContent = progress(); saving.disabled = !all && n + half <= 0; clearing.hidden = n + half <= 0; };
    tell();
    return { element: h("div", { class: "marking-bar" }, told, rater, opening, choosing, saving, clearing), tell };
  }

  /* the panel of one answer --------------------------------------------------------------------------------- */
  let panelBox = null;
  function panel(row) {
    panelRow = row;
    const open = pointsOf(row).findIndex(([id]) => !(id in entry(row).points));
    current = Math.max(open, 0);
    panelBox = h("section", { class: "marking", id: "marking", "aria-labelledby": "marking-title" });
    redraw();
    return panelBox;
  }
  function close() { panelRow = null; panelBox = null; }
  function redraw() {
    const row = panelRow, given = entry(row);
    const choice = (id, label, index) => STATES.map(([value, word]) => {
      const on = given.points[id] === value;
      const button = h("button", { type: "button", class: `choice c${value.replace(".", "")}`, "data-mark": value, "aria-pressed": String(on), "aria-label": `${words[word]} ${label}` }, words[word]);
      button.addEventListener("click", () => { current = index; mark(row, id, on ? null : value); redraw(); focusChoice(index, value); });
      return button;
    });
    const text = (name, label, tall) => {
      const field = h(tall ? "textarea" : "input", tall ? { rows: 2, id: `mark-${name}` } : { type: "number", min: 0, max: 100, step: "any", id: `mark-${name}` });
      field.value = given[name];
      field.addEventListener("input", () => { field.setCustomValidity(""); if (tall || field.validity.valid) set(row, { [name]: field.value.trim() }); else field.reportValidity(); });
      return h("label", { class: tall ? "said" : "whole" }, h("span", null, label), field);
    };
    panelBox.replaceChildren(
      h("h2", { id: "marking-title" }, words.marking),
      h("ol", { class: "choices" }, pointsOf(row).map(([id, label], index) => h("li", { class: index === current ? "current" : null, "data-point": id }, h("span", { class: "name" }, label), h("span", { class: "choice-group", role: "group", "aria-label": label }, choice(id, label, index))))),
      h("div", { class: "mark-texts" }, total ? text("total", words.mark_total, false) : null, text("note", words.mark_note, true), appeal ? text("appeal", words.mark_appeal, true) : null),
      h("p", { class: "small" }, words.marking_keys));
  }
  function focusChoice(index, value) {
    const line = panelBox.querySelectorAll(".choices li")[index], button = line && line.querySelector(`[data-mark="${value}"]`);
    if (button) button.focus({ preventScroll: true });
  }
  function move(step) {
    const n = pointsOf(panelRow).length;
    current = Math.min(Math.max(current + step, 0), n - 1);
    redraw();
    const line = panelBox.querySelectorAll(".choices li")[current];
    if (line) line.scrollIntoView({ block: "nearest" });
  }
  /* A key that was pressed outside of texts; whether it was one of ours. */
  function key(event) {
    if (!panelRow || !pointsOf(panelRow).length) return false;
    const value = { 1: "1", 0: "0", 5: "0.5" }[event.key], [id] = pointsOf(panelRow)[current];
    const inside = panelBox.contains(document.activeElement), arrow = inside && { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (value) { mark(panelRow, id, value); move(1); }
    else if (event.key === "Backspace" || event.key === "Delete") { mark(panelRow, id, null); redraw(); }
    else if (arrow) move(arrow);
    else return false;
    if (inside) focusChoice(current, "1");
    return true;
  }
  return { bar, panel, close, key, done, begun, sheet, progress };
};
