// Runs axe on the page: every rule on all of it, but two only where they can find something, for together they take four
// fifths of axe's time. Contrast is judged where words stand that look as none seen before: what words look like follows
// from their element and those around it, kinds, classes, states, width and colour scheme. The size of targets is judged
// where one is smaller than the rule allows or lies over another: elsewhere nothing is amiss.
// Takes {tags, known}; answers {violations, looks}, the looks as numbers.
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
  const told = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) || "value" in node;
  const words = [...document.body.querySelectorAll("*")].filter(told);
  const familiar = new Set(known);
  const fresh = words.filter((node) => !familiar.has(look(node)));
  const boxes = [...document.body.querySelectorAll(TARGETS)]
    .filter((node) => node.checkVisibility())
    .map((node) => [node, node.getBoundingClientRect()]);
  const small = ({ width, height }) => width < LEAST || height < LEAST;
  const overlap = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const doubtful = boxes
    .filter(([, box]) => small(box) || boxes.some(([, other]) => other !== box && overlap(box, other)))
    .map(([node]) => node);
  const more = { resultTypes: ["violations"], preload: false };
  const rest = await axe.run(document, {
    runOnly: { type: "tag", values: tags },
    rules: { "color-contrast": { enabled: false }, "target-size": { enabled: false } },
    ...more,
  });
  const include = [...new Set([...fresh, ...doubtful])];
  const dear = include.length ? await axe.run({ include }, { runOnly: ["color-contrast", "target-size"], ...more }) : { violations: [] };
  return { violations: [...rest.violations, ...dear.violations], looks: fresh.map(look) };
};
