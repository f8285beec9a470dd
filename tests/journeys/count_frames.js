// Drags the first `count` booths of the open editor in `moves` steps, one for each frame, and answers how many frames a second the
// browser showed meanwhile (perSecond, from the press to the frame after letting go) and the longest wait for one in milliseconds.
async ({ count, moves }) => {
  const drawing = document.querySelector("svg.drawing");
  const booths = [...drawing.querySelectorAll(".b")].slice(0, count);
  const send = (type, node, x, y, more = {}) => node.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, button: 0, clientX: x, clientY: y, isPrimary: true, ...more }));
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  drawing.setPointerCapture = () => {};
  for (const [place, booth] of booths.entries()) {
    const box = booth.getBoundingClientRect();
    send("pointerdown", booth, box.x + 5, box.y + 5, { shiftKey: place > 0 });
    send("pointerup", booth, box.x + 5, box.y + 5, { shiftKey: place > 0 });
  }
  const chosen = drawing.querySelectorAll(".chosen").length;
  const start = booths[0].getBoundingClientRect();
  // A frame's stamp is when it was due: the first ones after thirty presses in one go say when those began. The drag begins later.
  for (let waited = 0; waited < 30; waited += 1) await frame();
  const stamps = [await frame()];
  send("pointerdown", booths[0], start.x + 5, start.y + 5);
  for (let step = 1; step <= moves; step += 1) {
    send("pointermove", booths[0], start.x + 5 + step * 2, start.y + 5 + step);
    stamps.push(await frame());
  }
  send("pointerup", booths[0], start.x + 5 + moves * 2, start.y + 5 + moves);
  stamps.push(await frame(), await frame());
  const gaps = stamps.slice(1).map((stamp, place) => stamp - stamps[place]);
  return { chosen, perSecond: (1000 * gaps.length) / (stamps.at(-1) - stamps[0]), longest: Math.max(...gaps), gaps: gaps.map(Math.round) };
}
