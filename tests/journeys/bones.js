// What axe judges of a page, without its words: elements, their classes, roles and states, what has words and what has
// none, at this width and in this colour scheme. Addresses and texts are left out: they differ from fair to fair.
() => {
  const told = /^(class|role|type|hidden|disabled|required|checked|open|tabindex|autocomplete|scope|aria-.*)$/;
  const named = /^aria-(label|labelledby|describedby|controls|owns|activedescendant)$/;
  const words = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const facts = (node) =>
    [...node.attributes].map(({ name, value }) => (told.test(name) && !named.test(name) ? `${name}=${value}` : name));
  const bones = (node) =>
    `<${node.tagName} ${facts(node).sort().join(" ")} ${words(node)}>${[...node.children].map(bones).join("")}</>`;
  return `${innerWidth} ${matchMedia("(prefers-color-scheme: dark)").matches} ${bones(document.documentElement)}`;
};
