// What a page is known by, as two signs. `bones` is what axe judges, without the words: elements, their classes, roles and
// states, what has words and what has none, at this width and in this colour scheme. Addresses and texts are left out: they
// differ from fair to fair; of many alike in a row two count. `flesh` is what takes room: all words and attributes but
// addresses, what is ticked and where the focus is.
() => {
  const told = /^(class|role|type|hidden|disabled|required|checked|open|tabindex|autocomplete|scope|aria-.*)$/;
  const named = /^aria-(label|labelledby|describedby|controls|owns|activedescendant)$/;
  const words = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const facts = (node) =>
    [...node.attributes].map(({ name, value }) => (told.test(name) && !named.test(name) ? `${name}=${value}` : name));
  const bones = (node) => {
    const parts = [...node.children].map(bones);
    const rare = parts.filter((part, place) => part !== parts[place - 1] || part !== parts[place - 2]);
    return `<${node.tagName} ${facts(node).sort().join(" ")} ${words(node)}>${rare.join("")}</>`;
  };
  const roomless = /^(href|action|formaction|content|nonce)$/;
  const takesRoom = (node, name) => !roomless.test(name) && !(name === "value" && node.type === "hidden");
  const flesh = (node) => {
    if (node.nodeType !== 1) return node.nodeType === 3 ? node.data : "";
    const drawn = [...node.attributes].filter(({ name }) => takesRoom(node, name)).map(({ name, value }) => `${name}=${value}`);
    const state = `${node.checked} ${node === document.activeElement}`;
    return `<${node.tagName} ${drawn.join(" ")} ${state}>${[...node.childNodes].map(flesh).join("")}</>`;
  };
  const sign = (text) => {
    let [one, other] = [3735928559, 1103547991];
    for (let place = 0; place < text.length; place++) {
      one = Math.imul(one ^ text.charCodeAt(place), 2654435761);
      other = Math.imul(other ^ text.charCodeAt(place), 1597334677);
    }
    return `${one >>> 0}-${other >>> 0}`;
  };
  const scene = `${innerWidth} ${matchMedia("(prefers-color-scheme: dark)").matches}`;
  const page = document.documentElement;
  return { bones: sign(`${scene} ${bones(page)}`), flesh: sign(`${scene} ${innerHeight} ${location.hash} ${flesh(page)}`) };
};
