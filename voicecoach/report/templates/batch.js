"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const words = data.words, root = document.documentElement;
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const percent = (share) => `${Math.round(share * 100)}%`;

  /* Everything that is shown goes through here: strings become text nodes, never markup. */
  const SVG = "http://www.w3.org/2000/svg";
  function put(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
    return element;
  }
  const h = (tag, attributes, ...children) => put(document.createElement(tag), attributes, children);
  const s = (tag, attributes, ...children) => put(document.createElementNS(SVG, tag), attributes, children);

  /* the rows ------------------------------------------------------------------------------------------ */
  const VERDICTS = { r: "red", a: "amber", g: "green" };
  const rows = data.rows.map((values, rank) => {
    const row = { rank };
    data.fields.forEach((name, i) => { row[name] = values[i]; });
    row.worst = row.fatal.length ? 1e6 : row.red + row.forbidden + (row.state === "scored" ? 0 : 1e5);
    row.verdict = ["r", "a", "g"].find((mark) => row.verdicts.includes(mark));
    row.searched = [row.file, row.speaker, row.date, data.promptLabels[row.prompt], row.prompt, ...row.fatal, ...row.reasons.flatMap((reason) => reason.slice(0, 3)), ...row.own, row.text].join("\n").toLowerCase();
    return row;
  });
  const marking = voicecoachMarking({ h, words, fill, batch: data.batch, points: data.pointLabels, rows: rows.filter((row) => row.state !== "failed"), changed: () => { markingBar.tell(); markedChanged(); }, total: true });
  const markingBar = marking.bar({ all: false });
  $("marking-place").append(markingBar.element);
  const collator = new Intl.Collator(root.lang, { numeric: true });
  const names = { file: (row) => row.file, speaker: (row) => row.speaker, prompt: (row) => data.promptLabels[row.prompt] };
  data.own.forEach((_, i) => { names[`own-${i}`] = (row) => row.own[i]; });
  const filter = { search: "", speaker: "*", prompt: "*", state: "*", verdict: "*", marked: "*", focus: null, own: new Map() };
  const order = { by: null, falling: false };
  let found = rows, page = 0;

  function matches(row) {
    return (filter.speaker === "*" || row.speaker === filter.speaker) && (filter.prompt === "*" || row.prompt === filter.prompt)
      && (filter.state === "*" || row.state === filter.state)
      && (filter.verdict === "*" || (filter.verdict === "fatal" ? row.fatal.length > 0 : VERDICTS[row.verdict] === filter.verdict))
      && (filter.marked === "*" || (row.state !== "failed" && marking.done(row) === (filter.marked === "yes")))
      && [...filter.own.values()].every((test) => test(row))
      && (!filter.focus || filter.focus.test(row)) && filter.search.split(/\s+/).every((part) => row.searched.includes(part));
  }
  function compare(a, b) {
    const name = names[order.by];
    if (name) return collator.compare(name(a), name(b)) || a.rank - b.rank;
    const first = a[order.by], second = b[order.by];
    if (first === null || second === null) return (first === null) - (second === null) || a.rank - b.rank;
    return first - second || a.rank - b.rank;
  }
  /* A row that has just been marked stays until the list is asked for anew: nothing jumps under the hand. */
  function markedChanged() { if (!shown) drawRows(); }
  function select() {
    found = rows.filter(matches);
    if (order.by) {
      found.sort(compare);
      if (order.falling) { const missing = found.filter((row) => row[order.by] === null); found = [...found.filter((row) => row[order.by] !== null).reverse(), ...missing]; }
    }
    page = 0;
    drawRows();
  }

  function bar(low, high) {
    return s("svg", { class: "mini", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
      s("rect", { class: "all", width: 100, height: 6, rx: 3 }), s("rect", { class: "high", width: high * 100, height: 6, rx: 3 }), s("rect", { class: "low", width: low * 100, height: 6, rx: 3 }));
  }
  const range = (low, high) => (low === high ? percent(low) : `${percent(low)}–${percent(high)}`);
  function split(file) { const cut = file.lastIndexOf("/") + 1; return [file.slice(0, Math.max(cut - 1, 0)), file.slice(cut)]; }
  function drawRow(row) {
    const [folder, name] = split(row.file), label = data.promptLabels[row.prompt];
    const state = row.state === "failed" ? h("span", { class: "chip red" }, words.failed) : row.state === "not_scored" ? h("span", { class: "chip amber" }, words.not_scored_short) : null;
    return h("tr", { "data-rank": row.rank },
      h("td", null, h("button", { type: "button", class: "open", title: row.file }, name), marking.done(row) && row.state !== "failed" ? h("span", { class: "chip done" }, words.marked) : null, folder ? h("small", { class: "folder", title: folder }, "\u200e" + folder) : null),
      h("td", null, row.speaker || "–", row.date ? h("small", { class: "day" }, row.date) : null),
      row.own.slice(0, data.ownShown).map((value) => h("td", { class: "one-line", title: value }, value || "–")),
      h("td", { class: "one-line", title: label }, label),
      h("td", { class: row.total === null ? "sum none" : row.total === 0 ? "sum zero" : "sum" }, row.total === null ? "–" : row.total.toFixed(0)),
      h("td", null, row.low === null ? "–" : [h("span", { class: "time-cell" }, range(row.low, row.high)), bar(row.low, row.high)]),
      h("td", null, h("div", { class: "cells" }, state, row.fatal.map((what) => h("span", { class: "chip red" }, `${words.fatal}: ${what}`)),
        row.forbidden ? h("span", { class: "chip red" }, fill(words.n_forbidden, { n: row.forbidden })) : null,
        row.red ? h("span", { class: "chip amber" }, fill(words.n_red, { n: row.red })) : null),
        row.reasons.length ? h("span", { class: "why", title: row.reasons.map((reason) => reason[1]).join("\n") }, row.reasons.map((reason) => reason[1]).join(" · ")) : null),
      h("td", { class: "time-cell" }, row.duration === null ? "–" : clock(row.duration)));
  }
  function drawRows() {
    const n = Math.max(Math.ceil(found.length / data.pageSize), 1);
    page = clamp(page, 0, n - 1);
    $("rows").replaceChildren(...found.slice(page * data.pageSize, (page + 1) * data.pageSize).map(drawRow));
    $("shown").textContent = fill(words.shown_of, { n: found.length, all: rows.length });
    $("nothing").hidden = found.length > 0;
    $("pager").hidden = n === 1;
    $("page-now").textContent = fill(words.page_of, { n: page + 1, all: n });
    $("page-before").disabled = page === 0; $("page-after").disabled = page === n - 1;
    const filtered = filter.search || filter.focus || filter.own.size || ["speaker", "prompt", "state", "verdict", "marked"].some((name) => filter[name] !== "*");
    $("reset").hidden = !filtered;
    $("focus").hidden = !filter.focus;
    $("focus").textContent = filter.focus ? filter.focus.label : "";
    for (const head of document.querySelectorAll("#table th")) {
      if (head.firstChild.dataset.sort === order.by) head.setAttribute("aria-sort", order.falling ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
    }
  }
  function options(id, values, label) {
    const chosen = [...new Set(values)].sort((a, b) => collator.compare(label(a), label(b)));
    $(id).append(...chosen.map((value) => h("option", { value }, label(value))));
    $(id).hidden = chosen.length < 2;
  }
  options("filter-speaker", rows.map((row) => row.speaker), (name) => name || words.unnamed);
  options("filter-prompt", rows.map((row) => row.prompt), (id) => data.promptLabels[id]);

  /* the reader's own columns, and the date: a choice of few values, a range of days, else a text to hold */
  const FEW = 60;
  function day(text) {
    const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(text) || /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    return parts && parts[2] >= 1 && parts[2] <= 12 && parts[3] >= 1 && parts[3] <= 31 ? `${parts[1]}-${parts[2].padStart(2, "0")}-${parts[3].padStart(2, "0")}` : null;
  }
  function ownFilter(key, label, valueOf) {
    const values = [...new Set(rows.map(valueOf))], said = values.filter(Boolean), days = said.map(day).filter(Boolean);
    if (values.length < 2) return null;
    const put = (test) => { if (test) filter.own.set(key, test); else filter.own.delete(key); select(); };
    if (days.length * 2 >= said.length) {
      days.sort();
      const edges = ["from", "to"].map((edge) => h("input", { type: "date", min: days[0], max: days[days.length - 1], "data-own": key, "data-edge": edge, "aria-label": fill(words[`date_${edge}`], { what: label }), title: fill(words[`date_${edge}`], { what: label }) }));
      const ask = () => { const [from, to] = edges.map((edge) => edge.value); put(from || to ? (row) => { const on = day(valueOf(row)); return on !== null && (!from || on >= from) && (!to || on <= to); } : null); };
      for (const edge of edges) edge.addEventListener("change", ask);
      return h("span", { class: "own-range" }, h("span", { class: "small" }, label), edges[0], "–", edges[1]);
    }
    if (values.length > FEW) {
      const input = h("input", { type: "search", "data-own": key, autocomplete: "off", placeholder: label, "aria-label": label });
      input.addEventListener("input", () => { const part = input.value.trim().toLowerCase(); put(part ? (row) => valueOf(row).toLowerCase().includes(part) : null); });
      return input;
    }
    values.sort(collator.compare);
    const choice = h("select", { "data-own": key, "aria-label": label, title: label }, h("option", { value: "*" }, fill(words.all_of, { what: label })), values.map((value, i) => h("option", { value: String(i) }, value || words.unnamed)));
    choice.addEventListener("change", () => { const value = values[Number(choice.value)]; put(choice.value === "*" ? null : (row) => valueOf(row) === value); });
    return choice;
  }
  const ownFilters = [ownFilter("date", words.date, (row) => row.date), ...data.own.map((label, i) => ownFilter(`own-${i}`, label, (row) => row.own[i]))].filter(Boolean);
  $("own-filters").append(...ownFilters.slice(0, data.ownShown));
  if (ownFilters.length > data.ownShown) $("own-filters").append(h("details", { class: "more-own" }, h("summary", null, fill(words.more_columns, { n: ownFilters.length - data.ownShown })), ownFilters.slice(data.ownShown)));
  if (data.own.length) { $("table").classList.add("with-own"); $("table").style.minWidth = `${890 + 120 * Math.min(data.own.length, data.ownShown)}px`; }

  for (const name of ["speaker", "prompt", "state", "verdict", "marked"]) $(`filter-${name}`).addEventListener("change", (event) => { filter[name] = event.target.value; select(); });
  let typing = 0;
  $("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { filter.search = $("search").value.trim().toLowerCase(); select(); }, 80); });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => { Object.assign(filter, { search: "", speaker: "*", prompt: "*", state: "*", verdict: "*", marked: "*", focus: null }); filter.own.clear(); select(); $("search").focus(); });
  $("page-before").addEventListener("click", () => { page -= 1; drawRows(); $("files").scrollIntoView(); });
  $("page-after").addEventListener("click", () => { page += 1; drawRows(); $("files").scrollIntoView(); });
  for (const button of document.querySelectorAll(".sort")) button.addEventListener("click", () => {
    const by = button.dataset.sort, worstFirst = by === "worst" || by === "duration";
    if (order.by !== by) Object.assign(order, { by, falling: worstFirst });
    else if (order.falling === worstFirst) order.falling = !worstFirst;
    else order.by = null;
    select();
  });
  const focuses = {
    point: ({ value, prompt, state }) => { const at = data.points[prompt].indexOf(value), mark = state === "maybe" ? "m" : "n"; return (row) => row.prompt === prompt && row.points[at] === mark; },
    metric: ({ value, verdict }) => { const at = data.metrics.indexOf(value); return (row) => VERDICTS[row.verdicts[at]] === verdict; },
    own: ({ value, ownIndex }) => (row) => row.own[Number(ownIndex)] === value,
    trouble: ({ value }) => (row) => row.reasons.some((reason) => reason[3] === Number(value)),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-filter]");
    if (!button) return;
    const kind = button.dataset.filter;
    if (focuses[kind]) filter.focus = { label: button.dataset.label, test: focuses[kind](button.dataset) };
    else { filter[kind] = button.dataset.value; $(`filter-${kind}`).value = button.dataset.value; }
    select();
    $("files").scrollIntoView();
    $("search").focus({ preventScroll: true });
  });
  $("rows").addEventListener("click", (event) => { const line = event.target.closest("tr"); if (line) go(Number(line.dataset.rank)); });

  /* one recording ------------------------------------------------------------------------------------------ */
  const pages = new Map(), box = $("detail");
  let shown = null, scrolled = 0, content = null;
  window.voicecoachPage = (key, value) => { pages.set(key, value); };
  function fetchPage(row, then) {
    if (!row.page || pages.has(row.page)) { then(); return; }
    const script = h("script", { src: `pages/${row.page}.js` });
    script.addEventListener("load", () => { script.remove(); then(); });
    script.addEventListener("error", () => { script.remove(); then(); });
    document.head.append(script);
  }
  function go(rank) { location.hash = `r${rank + 1}`; }
  function leave() { if (shown) history.replaceState(null, "", location.pathname + location.search); follow(); }
  function neighbour(step) {
    const at = found.indexOf(shown) + step;
    if (shown && at >= 0 && at < found.length) { history.replaceState(null, "", `#r${found[at].rank + 1}`); follow(); }
  }
  function follow() {
    const number = /^#r(\d+)$/.exec(location.hash), row = number ? rows[Number(number[1]) - 1] : null;
    if (row === shown) return;
    silence();
    marking.close();
    if (!row) { const last = shown; shown = null; content = null; box.hidden = true; box.replaceChildren(); $("overview").hidden = false; window.scrollTo(0, scrolled); back(last); return; }
    if (!shown) scrolled = window.scrollY;
    shown = row;
    $("overview").hidden = true; box.hidden = false;
    box.replaceChildren(backBar(row), h("p", { class: "small", role: "status" }, words.loading));
    window.scrollTo(0, 0);
    fetchPage(row, () => { if (shown === row) open(row); });
  }
  function back(row) { if (row) { const at = found.indexOf(row); if (at >= 0) { page = Math.floor(at / data.pageSize); drawRows(); } const line = document.querySelector(`tr[data-rank="${row.rank}"] .open`); if (line) line.focus({ preventScroll: true }); } }
  window.addEventListener("hashchange", follow);

  function backBar(row) {
    const at = found.indexOf(row);
    const step = (label, text, by) => { const button = h("button", { type: "button", class: "quiet", "aria-label": label, title: label, disabled: at + by < 0 || at + by >= found.length || at < 0 }, text); button.addEventListener("click", () => neighbour(by)); return button; };
    const leaving = h("button", { type: "button", class: "quiet", id: "back" }, `← ${words.back}`);
    leaving.addEventListener("click", leave);
    return h("nav", { class: "back-bar" }, leaving, step(words.file_before, "‹", -1), step(words.file_after, "›", 1), h("span", { class: "where" }, at < 0 ? "" : `${at + 1} / ${found.length}`));
  }
  const play = (moment, label) => (moment ? h("button", { type: "button", class: "jump", "data-start": moment[0], "data-end": moment[1], "aria-label": `${words.play} ${clock(moment[0])} ${label || ""}` }, h("span", { class: "tri", "aria-hidden": "true" }), clock(moment[0])) : null);
  const section = (title, ...children) => h("section", null, h("h2", null, title), ...children);

  function open(row) {
    content = row.page ? pages.get(row.page) || null : null;
    const title = h("h1", { tabindex: -1 }, (content && content.question) || row.file);
    const facts = [content && content.question ? row.file : "", row.speaker, row.date, ...(content ? content.facts : []), ...row.own.map((value, i) => (value ? `${data.own[i]}: ${value}` : ""))].filter(Boolean);
    const hero = h("section", { class: "hero" }, h("div", null, title, h("p", { class: "facts" }, facts.map((fact) => h("span", null, fact))), h("p", { class: "sound-note", id: "sound-note", role: "status" })), headline(row));
    const parts = [backBar(row), hero];
    if (row.state !== "failed") parts.push(marking.panel(row));
    if (!content) {
      const told = row.page ? [fill(words.page_missing, { what: `pages/${row.page}.js` })] : [];
      parts.push(h("section", { class: "remarks" }, told.map((text) => h("div", { class: "remark blocks" }, text)), row.reasons.map(([, reason, remedy]) => remark(reason, remedy, true))));
    } else parts.push(...body());
    box.replaceChildren(...parts);
    title.focus({ preventScroll: true });
    if (content) { placeFlags(); sound(content.sound); }
  }
  function headline(row) {
    if (!content) return h("div", { class: "verdict refused" }, h("p", { class: "state" }, row.state === "failed" ? words.failed : words.not_scored_short));
    const [kind, label, total, note] = content.headline, cover = content.coverage;
    return h("div", { class: `verdict ${kind}` },
      kind === "scored" ? h("p", { class: "total" }, h("span", { class: "label" }, label), h("strong", null, total), h("span", { class: "note" }, note)) : [h("p", { class: "state" }, label), h("p", { class: "note" }, note)],
      cover && kind !== "refused" ? h("div", { class: "cover" }, h("p", null, h("span", { class: "label" }, words.coverage), " ", h("b", null, cover.range)), bar(cover.low, cover.high), h("p", { class: "count" }, cover.count)) : null);
  }
  const remark = (reason, remedy, blocks) => h("div", { class: blocks ? "remark blocks" : "remark" }, h("p", null, h("b", null, reason)), remedy ? h("p", null, fill(words.remedy, { what: remedy })) : null);
  function body() {
    const masking = Object.entries(content.masking).map(([rule, n]) => `${rule} ${n}`).join(" · ");
    return [
      content.remarks.length ? h("section", { class: "remarks" }, content.remarks.map(([reason, remedy, blocks]) => remark(reason, remedy, blocks))) : null,
      content.tips.length ? section(words.advice, h("ol", { class: "tips" }, content.tips.map(([text, moment]) => h("li", null, h("p", null, text), play(moment))))) : null,
      content.duration > 0 ? section(words.timeline, timeline()) : null,
      h("div", { class: "columns" }, content.coverage ? section(words.points, ...coverage(content.coverage)) : null, content.turns.length ? section(words.conversation, ...content.turns.map(turn)) : section(words.transcript, transcript())),
      content.groups.length ? section(words.figures, content.groups.map(([title, figures]) => h("div", { class: "group" }, h("h3", null, title), h("div", { class: "figures" }, figures.map(figure))))) : null,
      content.missing.length ? section(words.missing, h("dl", { class: "missing" }, content.missing.map(([name, reason]) => h("div", null, h("dt", null, name), h("dd", null, reason))))) : null,
      content.parts.length ? h("section", null, h("details", { class: "fold" }, h("summary", null, words.scores), h("p", null, content.sum), parts())) : null,
      h("section", null, h("details", { class: "fold" }, h("summary", null, words.provenance), h("dl", null, masking ? h("div", null, h("dt", null, words.masking), h("dd", null, masking)) : null, content.provenance.map(([name, made]) => h("div", null, h("dt", null, name), h("dd", null, h("code", null, made))))))),
    ].filter(Boolean);
  }
  function parts() {
    return h("table", null, h("thead", null, h("tr", null, h("th", { scope: "col" }, words.item), h("th", { scope: "col", class: "number" }, words.points_of), h("th", { scope: "col" }, words.heading_verdict))),
      h("tbody", null, content.parts.map(([label, points, outOf, verdict, word]) => h("tr", null, h("th", { scope: "row" }, label), h("td", { class: "number" }, `${points} / ${outOf}`), h("td", null, h("span", { class: `chip ${verdict || "plain"}` }, word))))));
  }
  function coverage(cover) {
    return [
      h("ol", { class: "points" }, cover.points.map((point) => h("li", { class: `point ${point.state}` }, h("span", { class: "mark", "aria-hidden": "true" }, point.mark), h("div", null,
        h("p", { class: "name" }, h("b", null, h("span", { class: "number" }, String(point.number)), " ", point.label), h("span", { class: `chip ${point.state}` }, point.word), point.worth ? h("span", { class: "worth" }, point.worth) : null),
        point.said.map(([quote, moment, why]) => h("p", { class: "said" }, h("q", null, quote), " ", play(moment, point.label), h("small", null, why))),
        point.hint ? h("p", { class: "try" }, fill(words.try_saying, { what: point.hint }), " ", play(point.due, point.label)) : null)))),
      cover.order ? h("p", { class: `order ${cover.orderOk ? "ok" : "wrong"}` }, `${cover.orderOk ? "✓" : "!"} ${cover.order}`) : null,
      cover.low !== cover.high ? h("p", { class: "small" }, words.coverage_range) : null,
      h("h3", null, words.language),
      cover.language.length ? h("ul", { class: "language" }, cover.language.map(([label, quote, moment, certain, word]) => h("li", { class: certain ? "certain" : "uncertain" }, h("b", null, label), " ", h("q", null, quote), " ", play(moment, label), h("small", null, word)))) : h("p", { class: "small" }, words.language_none),
    ];
  }
  function transcript() {
    if (!content.text.length) return h("p", { class: "small" }, words.no_words);
    return h("div", { class: "transcript", lang: content.language === "zh" ? "zh-CN" : "en" }, content.text.map((paragraph) => h("div", { class: "paragraph" },
      h("button", { type: "button", class: "jump stamp", "data-start": paragraph.start, "aria-label": `${words.play} ${paragraph.clock}` }, paragraph.clock), h("p", null, paragraph.parts.map(part)))));
  }
  function part(one) {
    if (one.aside) return h("button", { type: "button", class: `jump aside ${one.aside}`, "data-start": Math.max(one.moment[0] - 0.5, 0), "data-end": one.moment[1] + 0.5 }, one.text);
    const said = one.words.map(([text, start, unsure]) => h("span", { class: unsure ? "w unsure" : "w", "data-start": start, title: unsure ? words.legend_unsure : null }, text));
    return [one.marks ? h("mark", { class: one.marks, title: one.title }, said) : said, one.badges.map(([badge, kind, moment, title]) => h("button", { type: "button", class: `jump badge ${kind}`, "data-start": moment[0], "data-end": moment[1], "aria-label": `${words.play} ${title}`, title }, badge))];
  }
  function turn([side, moment, text, backChannel]) {
    return h("div", { class: `turn ${side}${backChannel ? " back" : ""}` }, moment ? h("button", { type: "button", class: "jump stamp", "data-start": moment[0], "data-end": moment[1], "aria-label": `${words.play} ${clock(moment[0])}` }, clock(moment[0])) : h("span"), h("span", { class: "side" }, words[side]), h("span", null, text || "…"));
  }
  function figure(one) {
    const unit = one.unit ? ` ${one.unit}` : "";
    const drawn = one.at === null ? null : s("svg", { class: "bullet", viewBox: "0 0 200 16", preserveAspectRatio: "none", role: "img", "aria-label": `${one.title} ${one.value}${unit}, ${one.word}, ${one.band}` },
      one.zones.map(([verdict, start, width]) => s("rect", { class: `zone ${verdict}`, x: start * 200, y: 5, width: width * 200, height: 6 })), s("rect", { class: "needle", x: clamp(one.at * 200 - 1.5, 0, 197), y: 0, width: 3, height: 16, rx: 1 }));
    const said = (name, ...value) => h("div", null, h("dt", null, name), h("dd", null, ...value));
    const places = one.evidence.slice(0, 40), more = one.evidence.length - places.length;
    return h("details", { class: "figure" }, h("summary", null, h("span", { class: "title" }, one.title, one.provisional ? [" ", h("span", { class: "chip plain" }, words.provisional)] : null), h("span", { class: "amount" }, h("b", null, one.value), unit), h("span", { class: "drawn" }, drawn), h("span", { class: `chip ${one.verdict || "plain"}` }, one.mark ? `${one.mark} ${one.word}` : one.word)),
      h("dl", null, said(words.formula, one.formula), said(words.band, one.band), one.source ? said(words.source, one.source) : null, one.provisional ? said(words.provisional, one.provisional) : null,
        places.length ? h("div", null, h("dt", null, words.places), h("dd", { class: "places" }, places.map((moment) => play(moment, one.title)), more > 0 ? h("span", { class: "small" }, fill(words.more_places, { n: more })) : null)) : null));
  }

  /* the time axis of one recording ------------------------------------------------------------------------- */
  const WIDTH = 1000;
  const x = (time) => clamp(time / content.duration, 0, 1) * WIDTH;
  function timeline() {
    const rect = (kind, [from, to], y, height) => s("rect", { class: kind, x: x(from), width: Math.max(x(to) - x(from), 2), y, height });
    const drawn = s("svg", { viewBox: `0 0 ${WIDTH} 64`, preserveAspectRatio: "none", "aria-hidden": "true" }, s("rect", { class: "axis", y: 31, width: WIDTH, height: 2 }),
      content.turns.filter(([, moment]) => moment).map(([side, moment]) => rect(`turn-${side}`, moment, side === "agent" ? 4 : 54, 6)),
      content.pauses.map((moment) => rect(moment[1] - moment[0] >= data.deadAir ? "pause long" : "pause", moment, 0, 64)), content.marks.map(([kind, moment]) => rect(kind, moment, kind === "forbidden" ? 40 : 18, 10)));
    const strip = h("div", { class: "strip", id: "strip" }, drawn);
    strip.addEventListener("click", (event) => playSpan(event.offsetX / strip.clientWidth * content.duration, null));
    const legend = [["hit", "legend_hit"], ["maybe", "legend_maybe"], ["forbidden", "legend_forbidden"], ["pause", "legend_pause"], ["long_pause", "legend_long_pause"]];
    return [h("div", { class: "timeline" }, h("div", { class: "flags", id: "flags" }, content.marks.map(([kind, moment, badge, title]) => h("button", { type: "button", class: `flag ${kind}`, "data-start": moment[0], "data-end": moment[1], "aria-label": `${words.play} ${title}`, title: `${title} · ${clock(moment[0])}` }, badge || "!"))), strip, h("div", { class: "head", id: "head", hidden: true })),
      h("ul", { class: "legend" }, legend.map(([name, word]) => h("li", { class: name }, h("i", { "aria-hidden": "true" }), words[word])))];
  }
  function placeFlags() {
    const flags = $("flags");
    if (!flags) return;
    let edge = -Infinity;
    for (const flag of flags.children) { const place = clamp(Math.max(Number(flag.dataset.start) / content.duration * flags.clientWidth, edge + 27), 14, Math.max(flags.clientWidth - 14, 14)); flag.style.left = `${place}px`; edge = place; }
  }
  window.addEventListener("resize", () => { if (content) placeFlags(); });

  /* sound --------------------------------------------------------------------------------------------------- */
  const audio = $("audio"), player = $("player"), END_SLACK_S = 0.15;
  let stopAt = null, address = null, current = null, waiting = null;
  function sound(given) {
    $("sound-note").textContent = given.note || "";
    if (!audio || !(given.href || given.mp3)) return;
    if (given.mp3) {
      const bytes = Uint8Array.from(atob(given.mp3), (c) => c.charCodeAt(0));
      address = URL.createObjectURL(new Blob([bytes], { type: data.mime }));
    }
    audio.src = address || given.href;
    player.hidden = false;
    $("seek").max = content.duration; $("length").textContent = clock(content.duration);
    tell();
  }
  function silence() {
    if (!audio) return;
    stopAt = null; current = null; waiting = null;
    audio.pause();
    audio.removeAttribute("src"); audio.load();
    if (address) { URL.revokeObjectURL(address); address = null; }
    player.hidden = true;
  }
  const start = () => { audio.play().catch(() => { /* a gesture is wanted first, or the sound is not there: that is told */ }); };
  function seek(time) { if (audio.readyState) audio.currentTime = clamp(time, 0, content.duration); else waiting = time; }
  function playSpan(from, to) {
    if (!audio || player.hidden) return;
    seek(from);
    stopAt = to === null || to - from > 30 ? null : to + END_SLACK_S;
    tell();
    start();
  }
  function toggle() { if (!audio || player.hidden) return; stopAt = null; if (audio.paused) start(); else audio.pause(); }
  function skip(seconds) { if (!audio || player.hidden) return; stopAt = null; seek(audio.currentTime + seconds); tell(); }
  function tell() {
    const time = audio.currentTime, head = $("head");
    if (stopAt !== null && time >= stopAt && waiting === null) { stopAt = null; audio.pause(); }
    $("now").textContent = clock(time);
    if (document.activeElement !== $("seek") || !audio.paused) $("seek").value = time;
    $("seek").setAttribute("aria-valuetext", clock(time));
    if (head && content) { head.hidden = false; head.style.left = `${clamp(time / content.duration, 0, 1) * 100}%`; }
    let word = null;
    if (!audio.paused) for (const one of box.querySelectorAll(".w")) { if (Number(one.dataset.start) > time) break; word = one; }
    if (word === current) return;
    if (current) current.classList.remove("on");
    if (word) word.classList.add("on");
    current = word;
  }
  function tick() { tell(); if (!audio.paused) requestAnimationFrame(tick); }
  if (audio) {
    audio.addEventListener("loadedmetadata", () => { if (waiting !== null) { audio.currentTime = clamp(waiting, 0, content.duration); waiting = null; } audio.playbackRate = Number($("speed").value); });
    audio.addEventListener("play", () => { player.classList.add("playing"); $("toggle").setAttribute("aria-label", words.pause); tick(); });
    audio.addEventListener("pause", () => { player.classList.remove("playing"); $("toggle").setAttribute("aria-label", words.play); tell(); });
    for (const name of ["seeked", "timeupdate", "ended"]) audio.addEventListener(name, tell);
    audio.addEventListener("error", () => { const note = $("sound-note"); if (note && audio.hasAttribute("src")) { note.textContent = words.sound_missing; note.classList.add("bad"); player.hidden = true; } });
    $("toggle").addEventListener("click", toggle);
    $("seek").addEventListener("input", () => { stopAt = null; seek(Number($("seek").value)); tell(); });
    $("speed").addEventListener("change", (event) => { audio.playbackRate = Number(event.target.value); });
  }
  box.addEventListener("click", (event) => {
    const whole = event.target.closest(".point, .tips li, .language li");
    const place = event.target.closest("[data-start]") || (whole && whole.querySelector("[data-start]"));
    if (place) playSpan(Number(place.dataset.start), place.dataset.end ? Number(place.dataset.end) : null);
  });

  /* keys ------------------------------------------------------------------------------------------------------ */
  function besideFocus(step) {
    const lines = [...document.querySelectorAll("#rows .open")], at = lines.indexOf(document.activeElement), next = lines[at < 0 ? 0 : at + step];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    return Boolean(next);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typed = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && shown) { leave(); event.preventDefault(); return; }
    if (!shown) {
      if (event.key === "/" && !typed) $("search").focus();
      else if (["ArrowDown", "ArrowUp"].includes(event.key) && (event.target.id === "search" || event.target.matches(".open"))) { if (!besideFocus(event.key === "ArrowDown" ? 1 : -1)) { if (event.key === "ArrowUp") $("search").focus(); } }
      else return;
      event.preventDefault();
      return;
    }
    if (typed) return;
    if (marking.key(event)) { event.preventDefault(); return; }
    if (event.key === " " && !event.target.closest("button, summary, a")) toggle();
    else if (event.key === "ArrowLeft") skip(-2);
    else if (event.key === "ArrowRight") skip(2);
    else if (event.key === "j" || event.key === "J") neighbour(1);
    else if (event.key === "k" || event.key === "K") neighbour(-1);
    else return;
    event.preventDefault();
  });

  /* light and dark, paper ------------------------------------------------------------------------------------- */
  const darkly = window.matchMedia("(prefers-color-scheme: dark)");
  try { const theme = localStorage.getItem("voicecoach-theme"); if (theme) root.dataset.theme = theme; } catch { /* a page from a file may keep nothing */ }
  $("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : darkly.matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("voicecoach-theme", root.dataset.theme); } catch { /* as above */ }
  });
  let themeBefore;
  window.addEventListener("beforeprint", () => { themeBefore = root.dataset.theme; root.dataset.theme = "light"; });
  window.addEventListener("afterprint", () => { if (themeBefore) root.dataset.theme = themeBefore; else delete root.dataset.theme; });

  select();
  follow();
})();
