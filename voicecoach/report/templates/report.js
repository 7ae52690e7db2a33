"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const root = document.documentElement;
  const audio = $("audio");
  const END_SLACK_S = 0.15;
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;

  /* sound ---------------------------------------------------------------------------------- */
  const embedded = $("sound");
  if (audio && embedded) {
    const bytes = Uint8Array.from(atob(embedded.textContent), (c) => c.charCodeAt(0));
    audio.src = URL.createObjectURL(new Blob([bytes], { type: embedded.dataset.mime }));
    embedded.remove();
  }
  let stopAt = null;

  function start() {
    audio.play().catch(() => { /* the browser wants a gesture first: the position is set all the same */ });
  }
  function playSpan(from, to) {
    if (!audio) return;
    audio.currentTime = clamp(from, 0, data.duration);
    stopAt = to === null || to - from > 30 ? null : to + END_SLACK_S;
    follow();
    start();
  }
  function toggle() {
    if (!audio) return;
    stopAt = null;
    if (audio.paused) start(); else audio.pause();
  }
  function skip(seconds) {
    if (!audio) return;
    stopAt = null;
    audio.currentTime = clamp(audio.currentTime + seconds, 0, data.duration);
    follow();
  }

  /* words ---------------------------------------------------------------------------------- */
  const words = [...document.querySelectorAll(".w")];
  const wordStarts = words.map((word) => Number(word.dataset.start));
  let current = null;
  function showWord(time) {
    let low = 0, high = wordStarts.length;
    while (low < high) { const mid = (low + high) >> 1; if (wordStarts[mid] <= time) low = mid + 1; else high = mid; }
    const word = audio.paused ? null : words[low - 1] || null;
    if (word === current) return;
    if (current) current.classList.remove("on");
    if (word) word.classList.add("on");
    current = word;
  }

  /* time axis ------------------------------------------------------------------------------ */
  const canvas = $("canvas"), box = $("timeline"), flags = $("flags"), head = $("head"), tip = $("tip");
  const view = { from: 0, to: Math.max(data.duration, 0.1) };
  const GUTTER = 54;
  const plotWidth = () => Math.max(canvas.clientWidth - GUTTER, 1);
  const x = (time) => (time - view.from) / (view.to - view.from) * plotWidth();
  const timeAt = (px) => view.from + clamp(px / plotWidth(), 0, 1) * (view.to - view.from);
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

  function lanes(height) {
    const axis = 24, rest = height - axis;
    return { wave: [0, rest * 0.4], pitch: [rest * 0.4, rest * 0.74], level: [rest * 0.74, rest], axis: [rest, height] };
  }
  function label(ctx, text, y, soft) {
    ctx.fillStyle = soft; ctx.textAlign = "left"; ctx.fillText(text, 10, y + 16);
  }
  function draw() {
    const width = canvas.clientWidth, height = canvas.clientHeight, scale = window.devicePixelRatio || 1;
    if (!width || !height) return;
    canvas.width = Math.round(width * scale); canvas.height = Math.round(height * scale);
    const ctx = canvas.getContext("2d");
    ctx.scale(scale, scale);
    ctx.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const lane = lanes(height), plot = plotWidth(), soft = colour("soft"), line = colour("line");
    ctx.save(); ctx.beginPath(); ctx.rect(0, 0, plot, height); ctx.clip();
    drawSpans(ctx, lane.wave);
    for (const [from, to] of data.pauses) {
      ctx.fillStyle = colour(to - from >= data.deadAir ? "shade-long" : "shade");
      ctx.fillRect(x(from), 0, Math.max(x(to) - x(from), 1), lane.axis[0]);
    }
    drawWave(ctx, lane.wave);
    drawFillers(ctx, lane.wave);
    ctx.restore();
    drawCurve(ctx, data.pitch, lane.pitch, pitchRange(), colour("accent"), "st", true);
    drawCurve(ctx, data.level, lane.level, levelRange(), soft, "dB", false);
    ctx.strokeStyle = line; ctx.lineWidth = 1;
    for (const y of [lane.pitch[0], lane.level[0], lane.axis[0]]) { ctx.beginPath(); ctx.moveTo(0, Math.round(y) + 0.5); ctx.lineTo(width, Math.round(y) + 0.5); ctx.stroke(); }
    label(ctx, data.labels.waveform, lane.wave[0], soft);
    label(ctx, data.labels.pitch, lane.pitch[0], soft);
    label(ctx, data.labels.level, lane.level[0], soft);
    drawAxis(ctx, lane.axis, plot, soft, line);
    placeFlags();
    follow();
  }
  function drawSpans(ctx, [top, bottom]) {
    const names = { maybe: "amber", covered: "green", forbidden: "red" };
    for (const kind of Object.keys(names)) for (const mark of data.marks) {
      if (mark.kind !== kind) continue;
      const name = names[kind];
      const from = x(mark.span[0]), wide = Math.max(x(mark.span[1]) - from, 2);
      ctx.fillStyle = colour(`${name}-pale`); ctx.fillRect(from, top, wide, bottom - top);
      ctx.fillStyle = colour(name); ctx.fillRect(from, top, wide, 3);
    }
  }
  function drawWave(ctx, [top, bottom]) {
    const { step, values } = data.peaks;
    if (!values.length) return;
    const middle = (top + bottom) / 2 + 6, half = (bottom - top) / 2 - 14;
    ctx.fillStyle = colour("wave");
    for (let px = 0; px < plotWidth(); px += 2) {
      const first = clamp(Math.floor(timeAt(px) / step), 0, values.length - 1);
      const last = clamp(Math.floor(timeAt(px + 2) / step), first, values.length - 1);
      let peak = 0;
      for (let i = first; i <= last; i++) if (values[i] > peak) peak = values[i];
      const tall = Math.max(peak / 100 * half, 0.5);
      ctx.fillRect(px, middle - tall, 1.3, 2 * tall);
    }
  }
  function drawFillers(ctx, [, bottom]) {
    for (const mark of data.marks) {
      if (mark.kind !== "filler" && mark.kind !== "unheard") continue;
      const middle = (x(mark.span[0]) + x(mark.span[1])) / 2, y = bottom - 8;
      ctx.fillStyle = colour("violet"); ctx.beginPath();
      if (mark.kind === "filler") { ctx.moveTo(middle, y - 5); ctx.lineTo(middle + 5, y); ctx.lineTo(middle, y + 5); ctx.lineTo(middle - 5, y); ctx.fill(); }
      else { ctx.fillStyle = colour("soft"); ctx.fillRect(x(mark.span[0]), y, Math.max(x(mark.span[1]) - x(mark.span[0]), 2), 2); }
    }
  }
  function pitchRange() {
    const known = data.pitch ? data.pitch.values.filter((v) => v !== null).sort((a, b) => a - b) : [];
    if (!known.length) return [-6, 6];
    const low = known[Math.floor(known.length * 0.01)], high = known[Math.floor(known.length * 0.99)];
    const reach = clamp(Math.ceil(Math.max(-low, high) / 2) * 2, 4, 24);
    return [-reach, reach];
  }
  function levelRange() {
    if (!data.level) return [-60, 0];
    const top = data.level.values.reduce((a, b) => Math.max(a, b), -90);
    return [Math.ceil(top / 10) * 10 - 50, Math.ceil(top / 10) * 10];
  }
  function drawCurve(ctx, curve, [top, bottom], [low, high], stroke, unit, gridded) {
    const room = { top: top + 24, bottom: bottom - 8 };
    const y = (v) => room.bottom - (clamp(v, low, high) - low) / (high - low) * (room.bottom - room.top);
    ctx.textAlign = "right"; ctx.fillStyle = colour("soft"); ctx.strokeStyle = colour("line"); ctx.lineWidth = 1;
    for (const v of gridded ? [low, 0, high] : [low, high]) {
      ctx.beginPath(); ctx.moveTo(0, Math.round(y(v)) + 0.5); ctx.lineTo(plotWidth(), Math.round(y(v)) + 0.5); ctx.stroke();
      ctx.fillText(`${gridded && v > 0 ? "+" : ""}${String(v).replace("-", "−")} ${unit}`, canvas.clientWidth - 7, y(v) + 4);
    }
    if (!curve) return;
    ctx.save(); ctx.beginPath(); ctx.rect(0, top, plotWidth(), bottom - top); ctx.clip();
    ctx.strokeStyle = stroke; ctx.lineWidth = gridded && view.to - view.from < 30 ? 2 : 1.2; ctx.lineJoin = "round"; ctx.beginPath();
    const perPixel = (view.to - view.from) / plotWidth() / curve.step, stride = Math.max(1, Math.floor(perPixel));
    const first = clamp(Math.floor((view.from - curve.first) / curve.step), 0, curve.values.length), last = Math.min(curve.values.length, Math.ceil((view.to - curve.first) / curve.step) + 1);
    let pen = false, before = 0;
    for (let i = first - first % stride; i < last; i += stride) {
      const v = curve.values[i];
      if (v === null || v === undefined) { pen = false; continue; }
      const px = x(curve.first + i * curve.step);
      if (pen && (!gridded || Math.abs(v - before) < 7)) ctx.lineTo(px, y(v)); else { ctx.moveTo(px, y(v)); if (gridded) ctx.lineTo(px + 1, y(v)); }
      pen = true; before = v;
    }
    ctx.stroke(); ctx.restore();
  }
  function drawAxis(ctx, [top], width, soft, line) {
    const wanted = (view.to - view.from) / Math.max(width / 90, 1);
    const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600].find((s) => s >= wanted) || 1200;
    ctx.textAlign = "center"; ctx.fillStyle = soft; ctx.strokeStyle = line;
    for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) {
      const px = x(t);
      if (px < 14 || px > width - 14) continue;
      ctx.beginPath(); ctx.moveTo(px, top); ctx.lineTo(px, top + 5); ctx.stroke();
      ctx.fillText(step < 1 ? `${clock(t)}.${Math.round(t * 10) % 10}` : clock(t), px, top + 18);
    }
  }

  /* flags: real buttons over the waveform ----------------------------------------------------- */
  const flagged = [];
  function makeFlags() {
    for (const mark of data.marks) if (["covered", "maybe", "forbidden"].includes(mark.kind)) {
      flagged.push({ at: mark.span[0], kind: mark.kind, text: mark.badge || "!", title: mark.title, go: () => playSpan(mark.span[0], mark.span[1]) });
    }
    for (const miss of data.misses) flagged.push({ at: miss.at, kind: "miss", text: miss.badge, title: miss.title, go: () => playSpan(Math.max(miss.at - 2, 0), miss.at) });
    flagged.sort((a, b) => a.at - b.at);
    for (const flag of flagged) {
      flag.button = document.createElement("button");
      flag.button.type = "button"; flag.button.className = `flag ${flag.kind}`; flag.button.textContent = flag.text;
      flag.button.title = `${flag.title} · ${clock(flag.at)}`; flag.button.setAttribute("aria-label", flag.button.title);
      flag.button.addEventListener("click", flag.go);
      flags.append(flag.button);
    }
  }
  function placeFlags() {
    let edge = -Infinity;
    for (const flag of flagged) {
      const inside = flag.at >= view.from && flag.at <= view.to;
      flag.button.hidden = !inside;
      if (!inside) continue;
      const place = clamp(Math.max(x(flag.at), edge + 27), 14, canvas.clientWidth - 14);
      flag.button.style.left = `${place}px`;
      edge = place;
    }
  }

  /* looking closer ----------------------------------------------------------------------------- */
  function show(from, length) {
    const span = clamp(length, Math.min(2, data.duration), Math.max(data.duration, 0.1));
    view.from = clamp(from, 0, Math.max(data.duration - span, 0));
    view.to = view.from + span;
    draw();
  }
  function zoom(factor) {
    const length = view.to - view.from, centre = audio && audio.currentTime > view.from && audio.currentTime < view.to ? audio.currentTime : (view.from + view.to) / 2;
    show(centre - length * factor * (centre - view.from) / length, length * factor);
  }
  $("zoom-in").addEventListener("click", () => zoom(0.5));
  $("zoom-out").addEventListener("click", () => zoom(2));
  let grip = null;
  canvas.addEventListener("pointerdown", (event) => { grip = { x: event.offsetX, from: view.from, moved: false }; });
  canvas.addEventListener("pointermove", (event) => {
    hover(event);
    if (!grip || !(event.buttons & 1)) return;
    if (Math.abs(event.offsetX - grip.x) > 6) grip.moved = true;
    const length = view.to - view.from;
    if (grip.moved && length < data.duration) show(grip.from - (event.offsetX - grip.x) / plotWidth() * length, length);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (grip && !grip.moved) playSpan(timeAt(event.offsetX), null);
    grip = null;
  });
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; grip = null; });
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.shiftKey) return;
    event.preventDefault();
    const length = view.to - view.from;
    if (event.ctrlKey) show(timeAt(event.offsetX) - length * (event.deltaY > 0 ? 1.25 : 0.8) * event.offsetX / plotWidth(), length * (event.deltaY > 0 ? 1.25 : 0.8));
    else show(view.from + (event.deltaY || event.deltaX) / plotWidth() * length, length);
  }, { passive: false });
  function valueAt(curve, time) { return curve ? curve.values[Math.round((time - curve.first) / curve.step)] : null; }
  function hover(event) {
    const time = timeAt(event.offsetX), pitch = valueAt(data.pitch, time), level = valueAt(data.level, time);
    const parts = [`${clock(time)}.${Math.floor(time * 10) % 10}`];
    if (pitch !== null && pitch !== undefined) parts.push(`${pitch > 0 ? "+" : ""}${pitch.toFixed(1)} st`);
    if (level !== null && level !== undefined) parts.push(`${level} dBFS`);
    for (const mark of data.marks) if (time >= mark.span[0] && time < mark.span[1]) parts.push(mark.title);
    tip.textContent = parts.join(" · "); tip.hidden = false;
    tip.style.left = `${clamp(event.offsetX + 12, 4, Math.max(canvas.clientWidth - tip.offsetWidth - 4, 4))}px`;
  }

  /* the player ------------------------------------------------------------------------------------ */
  const seek = $("seek"), now = $("now"), button = $("toggle"), player = $("player");
  function follow() {
    if (!audio) return;
    const time = audio.currentTime;
    if (stopAt !== null && time >= stopAt) { stopAt = null; audio.pause(); }
    now.textContent = clock(time);
    if (document.activeElement !== seek || !audio.paused) seek.value = time;
    seek.setAttribute("aria-valuetext", clock(time));
    if (!audio.paused && (time > view.to || time < view.from) && view.to - view.from < data.duration) { show(time - (view.to - view.from) * 0.1, view.to - view.from); return; }
    head.hidden = time < view.from || time > view.to;
    head.style.transform = `translateX(${x(time)}px)`;
    showWord(time);
  }
  function tick() { follow(); if (!audio.paused) requestAnimationFrame(tick); }
  if (audio) {
    audio.addEventListener("play", () => { player.classList.add("playing"); button.setAttribute("aria-label", data.words.pause); tick(); });
    audio.addEventListener("pause", () => { player.classList.remove("playing"); button.setAttribute("aria-label", data.words.play); follow(); });
    for (const name of ["seeked", "timeupdate", "ended"]) audio.addEventListener(name, follow);
    button.addEventListener("click", toggle);
    seek.addEventListener("input", () => { stopAt = null; audio.currentTime = Number(seek.value); follow(); });
    $("speed").addEventListener("change", (event) => { audio.playbackRate = Number(event.target.value); });
    document.addEventListener("click", (event) => {
      const whole = event.target.closest(".point, .tips li, .language li");
      const place = event.target.closest(".jump, .w") || (whole && whole.querySelector(".jump"));
      if (place) playSpan(Number(place.dataset.start), place.dataset.end ? Number(place.dataset.end) : null);
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
      const ownSpace = event.target.closest("button, summary, a");
      if (event.key === " " && !ownSpace) toggle();
      else if (event.key === "ArrowLeft") skip(-2);
      else if (event.key === "ArrowRight") skip(2);
      else if (event.key === "n" || event.key === "N") step(1);
      else if (event.key === "p" || event.key === "P") step(-1);
      else return;
      event.preventDefault();
    });
  }
  function step(direction) {
    const time = audio.currentTime;
    const next = direction > 0 ? flagged.find((flag) => flag.at > time + 0.05) : [...flagged].reverse().find((flag) => flag.at < time - 0.3);
    if (next) { next.button.focus({ preventScroll: true }); next.go(); }
  }

  /* light and dark, paper --------------------------------------------------------------------------- */
  const darkly = window.matchMedia("(prefers-color-scheme: dark)");
  function remember(theme) { try { localStorage.setItem("voicecoach-theme", theme); } catch { /* a page from a file may keep nothing */ } }
  function remembered() { try { return localStorage.getItem("voicecoach-theme"); } catch { return null; } }
  if (remembered()) root.dataset.theme = remembered();
  $("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : darkly.matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember(root.dataset.theme);
    draw();
  });
  darkly.addEventListener("change", draw);
  let unfolded = [], themeBefore;
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open])")];
    for (const details of unfolded) details.open = true;
    themeBefore = root.dataset.theme; root.dataset.theme = "light"; draw();
  });
  window.addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
    if (themeBefore) root.dataset.theme = themeBefore; else delete root.dataset.theme;
    draw();
  });

  makeFlags();
  new ResizeObserver(draw).observe(box);
  draw();
})();
