import { javascript } from './fixed-text.ts';

/**
 * Searches and filters lists. A `[data-list]` has a hidden `[data-filters]` with a `[data-search]`, a
 * `[data-part-filter]`, a `[data-tag-filter]` and a `[data-count]`; its `[data-item]`s have words in `data-tags`, and
 * parts named by `data-part`. Without scripts everything is shown, and the filters are not.
 */
export const LIST_SCRIPT = javascript`
'use strict';
const MOST_MARKS = 2000;
const marks = typeof Highlight === 'function' && CSS.highlights ? new Highlight() : null;
if (marks) CSS.highlights.set('found', marks);

for (const list of document.querySelectorAll('[data-list]')) setUp(list);

function setUp(list) {
  const one = (name) => list.querySelector('[data-' + name + ']');
  const search = one('search');
  const part = one('part-filter');
  const tag = one('tag-filter');
  const count = one('count');
  const items = [...list.querySelectorAll('[data-item]')].map((element) => ({
    element,
    tags: element.dataset.tags.split(' '),
    parts: [...element.querySelectorAll('[data-part]')],
    text: null,
  }));
  let timer = 0;
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = items.filter((item) => show(item, words));
    const all = items.length.toLocaleString('en-US');
    count.textContent = shown.length === items.length ? all + ' prompts' : shown.length.toLocaleString('en-US') + ' of ' + all + ' prompts';
    openFound(shown, words);
    markFound(shown, words);
  };
  const show = (item, words) => {
    for (const one of item.parts) one.hidden = part.value !== '' && one.dataset.part !== part.value;
    const hasPart = item.parts.length === 0 || item.parts.some((one) => !one.hidden);
    const hasTag = tag.value === '' || item.tags.includes(tag.value);
    if (words.length > 0) item.text ??= item.element.textContent.toLowerCase();
    const isShown = hasPart && hasTag && words.every((word) => item.text.includes(word));
    item.element.hidden = !isShown;
    return isShown;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 120);
  };
  const reset = () => {
    for (const field of [search, part, tag]) field.value = '';
    apply();
  };
  search.addEventListener('input', later);
  part.addEventListener('change', apply);
  tag.addEventListener('change', apply);
  addEventListener('hashchange', () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !list.contains(target) || !target.closest('[hidden]')) return;
    reset();
    target.scrollIntoView();
  });
  one('filters').hidden = false;
  // A browser that comes back to a page keeps what was typed.
  apply();
}

/** Opens texts of which only the hidden end has a word; closes them again later. */
function openFound(items, words) {
  for (const details of document.querySelectorAll('details[data-opened]')) {
    details.open = false;
    delete details.dataset.opened;
  }
  if (words.length === 0) return;
  for (const { element } of items.slice(0, 100)) {
    for (const details of element.querySelectorAll('.preview + details:not([open])')) {
      const before = details.previousElementSibling.textContent.toLowerCase();
      const whole = details.lastElementChild.textContent.toLowerCase();
      if (!words.some((word) => whole.includes(word) && !before.includes(word))) continue;
      details.open = true;
      details.dataset.opened = '';
    }
  }
}

function markFound(items, words) {
  marks?.clear();
  if (!marks || words.length === 0) return;
  for (const { element } of items) {
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const node = nodes.currentNode;
      const text = node.data.toLowerCase();
      if (text.length !== node.data.length) continue;
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          if (marks.size >= MOST_MARKS) return;
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          marks.add(range);
        }
      }
    }
  }
}
`;
