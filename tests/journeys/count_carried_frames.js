// Carries who stands on the first booth over the others of the allocation board in `moves` steps, one for each frame, and lets go beside
// the plan. Answers how many frames a second the browser showed meanwhile, and over how many booths it went.
async ({ moves }) => {
  const booths = [...document.querySelectorAll("svg.plan .b[data-b]")];
  const send = (type, node, x, y) => node.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, button: 0, clientX: x, clientY: y, isPrimary: true, pointerType: "mouse" }));
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  const under = new Set();
  for (let waited = 0; waited < 30; waited += 1) await frame();
  const stamps = [await frame()];
  send("pointerdown", booths[0], 5, 5);
  for (let step = 1; step <= moves; step += 1) {
    const booth = booths[(step * 7) % booths.length];
    send("pointermove", booth, 5 + step * 8, 5 + step * 6);
    if (booth.classList.contains("under")) under.add(booth.dataset.b);
    stamps.push(await frame());
  }
  send("pointercancel", document.body, 0, 0);
  stamps.push(await frame(), await frame());
  return { under: under.size, booths: booths.length, perSecond: (1000 * (stamps.length - 1)) / (stamps.at(-1) - stamps[0]) };
}
