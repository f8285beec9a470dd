// Runs axe on the page: every rule on all of it, but contrast only where words stand that look as none seen before. What
// words look like follows from their element and those around it: kinds, classes, states, width and colour scheme.
// Takes {tags, known}; answers {violations, looks}, the looks as numbers. Contrast takes three fifths of axe's time.
async ({ tags, known }) => {
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
  const more = { resultTypes: ["violations"], preload: false };
  const rest = await axe.run(document, {
    runOnly: { type: "tag", values: tags },
    rules: { "color-contrast": { enabled: false } },
    ...more,
  });
  const contrast = fresh.length ? await axe.run({ include: fresh }, { runOnly: ["color-contrast"], ...more }) : { violations: [] };
  return { violations: [...rest.violations, ...contrast.violations], looks: fresh.map(look) };
};
