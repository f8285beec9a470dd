// Drags the first `count` booths of the open editor in `moves` steps, one for each frame, and answers how many frames a second the
// browser showed meanwhile (perSecond) and the middle distance between two of them in milliseconds.
async ({ count, moves }) => {
  const drawing = document.querySelector("svg.drawing");
  const booths = [...drawing.querySelectorAll(".b")].slice(0, count);
  const send = (type, node, x, y, more = {}) => node.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, button: 0, clientX: x, clientY: y, isPrimary: true, ...more }));
  drawing.setPointerCapture = () => {};
  for (const [place, booth] of booths.entries()) {
    const box = booth.getBoundingClientRect();
    send("pointerdown", booth, box.x + 5, box.y + 5, { shiftKey: place > 0 });
    send("pointerup", booth, box.x + 5, box.y + 5, { shiftKey: place > 0 });
  }
  const chosen = drawing.querySelectorAll(".chosen").length;
  const start = booths[0].getBoundingClientRect();
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  send("pointerdown", booths[0], start.x + 5, start.y + 5);
  const stamps = [await frame()];
  for (let step = 1; step <= moves; step += 1) {
    send("pointermove", booths[0], start.x + 5 + step * 2, start.y + 5 + step);
    stamps.push(await frame());
  }
  send("pointerup", booths[0], start.x + 5 + moves * 2, start.y + 5 + moves);
  const gaps = stamps.slice(1).map((stamp, place) => stamp - stamps[place]).sort((a, b) => a - b);
  return { chosen, perSecond: (1000 * gaps.length) / (stamps.at(-1) - stamps[0]), middle: gaps[Math.floor(gaps.length / 2)] };
}
