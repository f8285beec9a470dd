// Runs axe on the page: every rule on all of it, but two only where they can find something, for together they take four
// fifths of axe's time. Contrast is judged where words stand that look as none seen before: what words look like follows
// from their element and those around it, kinds, classes, states, width and colour scheme. The size of targets is judged
// where one is smaller than the rule allows or lies over another: elsewhere nothing is amiss. Nor is it where a target of
// that look and size, with the same ones as near, was found good.
// Takes {tags, known}, the looks known as words of one text; answers {violations, looks}.
async ({ tags, known }) => {
  const LEAST = 24; // CSS pixels, WCAG 2.2 2.5.8
  const TARGETS = "a, area, audio, button, iframe, input, select, summary, textarea, video, [contenteditable], [tabindex]:not([tabindex='-1'])";
  const styled = /^(class|role|type|hidden|disabled|readonly|open|style|aria-(current|selected|pressed|expanded|invalid|hidden)|data-\w{1,4})$/;
  const scene = `${innerWidth} ${matchMedia("(prefers-color-scheme: dark)").matches}`;
  const number = (text) => [...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 281474976710597, 7);
  const seen = new Map([[document.documentElement.parentNode, number(scene)]]);
  const look = (node) => {
    if (!seen.has(node)) {
      const facts = [...node.attributes].filter(({ name }) => styled.test(name)).map(({ name, value }) => `${name}=${value}`);
      seen.set(node, number(`${look(node.parentNode)} ${node.tagName} ${facts.sort().join(" ")}`));
    }
    return seen.get(node);
  };
  const familiar = new Set(known.split(/\s/));
  const strange = (nodes, sign) => new Map(nodes.map((node) => [node, String(sign(node))]).filter(([, one]) => !familiar.has(one)));

  const told = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) || "value" in node;
  const words = strange([...document.body.querySelectorAll("*")].filter(told), look);

  const shown = [...document.body.querySelectorAll(TARGETS)].filter((node) => node.checkVisibility());
  const boxes = new Map(shown.map((node) => [node, node.getBoundingClientRect()]));
  const small = ({ width, height }) => width < LEAST || height < LEAST;
  const within = (one, other, gap) =>
    one.left - gap < other.right && other.left < one.right + gap && one.top - gap < other.bottom && other.top < one.bottom + gap;
  const near = (box, gap) => [...boxes].filter(([, other]) => other !== box && within(box, other, gap));
  const doubtful = shown.filter((node) => small(boxes.get(node)) || near(boxes.get(node), 0).length);
  const place = (node) => {
    const box = boxes.get(node);
    const seat = ([one, { left, top, width, height }]) =>
      [look(one), ...[left - box.left, top - box.top, width, height].map((length) => length.toFixed(1))].join(" ");
    const covered = document.querySelectorAll("dialog[open]").length;
    return number(`target ${covered} ${[[node, box], ...near(box, LEAST)].map(seat).join(",")}`);
  };
  const targets = strange(doubtful, place);

  for (const [id, nodes] of Object.entries({ "color-contrast": words, "target-size": targets })) {
    const rule = axe._audit.rules.find((one) => one.id === id);
    const usual = (rule.usual ??= rule.matches);
    rule.matches = (node, ...more) => nodes.has(node) && usual.call(rule, node, ...more);
  }
  axe._audit.noHtml = true; // it would write down whole pages again and again
  const { violations } = await axe.run(document, {
    runOnly: { type: "tag", values: tags },
    resultTypes: ["violations"],
    elementRef: true,
    preload: false,
  });
  const places = ({ id, nodes }) => nodes.map(({ element }) => `${id}: ${element?.outerHTML.slice(0, 300)}`);
  return { violations: violations.flatMap(places), looks: [...new Set([...words.values(), ...targets.values()])] };
};
