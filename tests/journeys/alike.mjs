// alike.mjs - of what is alike on a page the first few only, so that looking at it is not dear.
//
// Alike are rows, cards, buttons and links beside one another of one shape: the same tags, classes,
// states and kinds of names down to the last child, whatever the words. What holds of one of them (its
// contrast, its role, its size) holds of all.

/** Runs in the page: hides all but the first `most` of what is alike. */
export function hideAlike(most) {
  const whole = /^(LI|TR|ARTICLE|BUTTON|A)$/;             // hidden as a whole, with its own name
  const words = new RegExp('^(id|href|src|for|value|title|name|datetime|d|points|transform|' +
    'aria-(label|labelledby|describedby|controls))$');
  const own = (e) => [e.tagName, ...[...e.attributes].map((a) =>
    (words.test(a.name) ? `${a.name}${a.value ? '' : '='}` : `${a.name}=${a.value}`))].join(' ');
  const shapeOf = (e) => {
    const said = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
    return `${own(e)}${said ? '…' : ''}(${[...e.children].map(shapeOf).join()})`;
  };
  const hidden = [];
  const walk = (parent) => {
    const times = new Map();
    for (const e of parent.children) {
      const shape = whole.test(e.tagName) ? shapeOf(e) : '';
      times.set(shape, (times.get(shape) ?? 0) + 1);
      if (shape && times.get(shape) > most && !e.contains(document.activeElement)) hidden.push(e);
      else if (!/^(BUTTON|A)$/.test(e.tagName)) walk(e);
    }
  };
  walk(document.body);
  for (const e of hidden) e.setAttribute('data-alike', '');
  const sheet = new CSSStyleSheet();                      // the policy allows no style in the page
  sheet.replaceSync('[data-alike] { display: none !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Runs in the page: shows them again. */
export function showAlike() {
  document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
  for (const e of document.querySelectorAll('[data-alike]')) e.removeAttribute('data-alike');
}
