"""What the elder view promises, measured from the page as the browser draws it.

The figures are the stricter of two sources everywhere: the rules of the Ministry of Industry and Information Technology for
elder-friendly applications (2021: line spacing 1.3, paragraph spacing 1.3 times the line, targets of 60 × 60, nothing that
pops up) and WCAG 2.2 (7:1 of 1.4.6, 320 px of 1.4.10, the spacing of 1.4.12, focus of 2.4.11). Text of 24 px is ours.
"""

from playwright.sync_api import Page

MEASURE = r"""
() => {
  const wrong = [];
  const name = (element) => {
    const id = element.id ? '#' + element.id : '';
    const classes = typeof element.className === 'string' && element.className ? '.' + element.className.trim().replace(/\s+/g, '.') : '';
    return element.tagName.toLowerCase() + id + classes + ' “' + (element.textContent || element.value || '').trim().slice(0, 24) + '”';
  };
  const parse = (text) => {
    const found = text.match(/^rgba?\(([^)]+)\)$/) ;
    if (!found) throw new Error('a colour that is not understood: ' + text);
    const [red, green, blue, alpha = 1] = found[1].split(/[ ,/]+/).filter(Boolean).map(Number);
    return [red, green, blue, alpha];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') return null;
      const colour = parse(style.backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  // Nothing on the page changes while it is measured, so that each element is looked at once.
  const known = new Map();
  const isAside = (element) => {
    if (!element) return false;
    if (!known.has(element)) {
      const box = element.getBoundingClientRect();
      known.set(element, element.classList.contains('visually-hidden') || box.right < 0
        || (box.width <= 1 && getComputedStyle(element).overflow === 'hidden') || isAside(element.parentElement));
    }
    return known.get(element);
  };
  const isHiddenToEyes = (element) => isAside(element) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  const text = (element, style, what) => {
    let size = Number.parseFloat(style.fontSize);
    if (element instanceof SVGElement) size *= element.getScreenCTM()?.a ?? 1;
    if (size < 23.99) wrong.push(`text of ${size.toFixed(1)} px: ${what}`);
    const under = ground(element);
    if (under === null) { wrong.push(`text on a picture: ${what}`); return; }
    let ink = parse(element instanceof SVGElement ? style.fill : style.color);
    for (let at = element; at; at = at.parentElement) ink[3] *= Number(getComputedStyle(at).opacity);
    const ratio = contrast(over(ink, under), under);
    if (ratio < 6.995) wrong.push(`contrast ${ratio.toFixed(2)}: ${what}`);
  };

  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest('script, style, noscript, option') || seen.has(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    if (range.getClientRects().length === 0 || isHiddenToEyes(element)) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    text(element, style, name(element));
    if (!(element instanceof SVGElement)) {
      const spacing = Number.parseFloat(style.lineHeight) / Number.parseFloat(style.fontSize);
      if (!(spacing >= 1.299)) wrong.push(`line spacing ${style.lineHeight} for ${style.fontSize}: ${name(element)}`);
    }
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (isHiddenToEyes(element)) continue;
    for (const part of ['::before', '::after']) {
      const style = getComputedStyle(element, part);
      if (!['none', 'normal', '""'].includes(style.content)) text(element, style, part + ' of ' + name(element));
    }
    if (element.matches('input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea')) {
      text(element, getComputedStyle(element), name(element));
      if (element.placeholder) {
        const style = getComputedStyle(element, '::placeholder');
        text(element, { fontSize: style.fontSize, color: style.color }, 'placeholder of ' + name(element));
      }
    }
  }

  // A link within running text has text of its own block beside it.
  const isInText = (link) => {
    if (!getComputedStyle(link).display.startsWith('inline')) return false;
    let home = link.parentElement;
    while (getComputedStyle(home).display === 'inline') home = home.parentElement;
    return home.textContent.trim().length > link.textContent.trim().length + 1 && home.matches('p, li, dd, td, span, label');
  };
  for (const element of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (isHiddenToEyes(element)) continue;
    const target = element.matches('[type=checkbox], [type=radio]') ? element.closest('label') ?? element : element;
    const box = target.getBoundingClientRect();
    if (box.width >= 59.5 && box.height >= 59.5) continue;
    if (element.matches('a') && isInText(element)) {
      const lines = Number.parseFloat(getComputedStyle(element).lineHeight);
      if (lines < 24) wrong.push(`a link in text with lines of ${lines} px: ${name(element)}`);
      continue;
    }
    wrong.push(`a target of ${box.width.toFixed(0)} × ${box.height.toFixed(0)}: ${name(element)}`);
  }

  // The short facts of a card are no paragraphs; between them the pitch counts, from baseline to baseline.
  for (const second of document.querySelectorAll('p + p')) {
    const first = second.previousElementSibling;
    if (isHiddenToEyes(first) || isHiddenToEyes(second)) continue;
    const isFact = second.parentElement.matches('.product-body, .order-line, .card, .remark, td');
    const line = Number.parseFloat(getComputedStyle(second).lineHeight);
    const gap = second.getBoundingClientRect().top - first.getBoundingClientRect().bottom;
    if (gap < (isFact ? 0.3 : 1.3) * line - 0.5) wrong.push(`${gap.toFixed(0)} px between paragraphs with lines of ${line} px: ${name(second)}`);
  }

  for (const element of document.querySelectorAll('dialog[open], [role=dialog], [role=alertdialog], [popover], marquee, blink, iframe')) {
    wrong.push(`something that pops up: ${name(element)}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (['fixed', 'sticky'].includes(getComputedStyle(element).position)) wrong.push(`something that lies over the page: ${name(element)}`);
  }
  return wrong;
}
"""

WIDE = r"""
() => {
  const screen = document.documentElement.clientWidth;
  const needed = document.documentElement.scrollWidth;
  if (needed <= screen) return [];
  const widest = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > screen + 0.5)
    .filter((element) => !element.querySelector('*') || ![...element.children].some((child) => child.getBoundingClientRect().right > screen + 0.5));
  const names = widest.slice(0, 4).map((element) => element.tagName.toLowerCase() + '.' + element.className + ' “' + element.textContent.trim().slice(0, 20) + '”');
  return [`needs ${needed} px of ${screen}: ${names.join(', ')}`];
}
"""

SPACING = r"""
(isOn) => {
  const sheet = new CSSStyleSheet();
  if (isOn) sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
  document.adoptedStyleSheets = [sheet];
}
"""

CLIPPED = r"""
() => [...document.body.querySelectorAll('*')].filter((element) => {
  const style = getComputedStyle(element);
  if (element.classList.contains('visually-hidden') || element.closest('thead, svg, .visually-hidden, select, textarea') || element.matches('progress, input, img')) return false;
  const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
  return hides && element.checkVisibility() && (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1);
}).map((element) => 'cuts off what is in it: ' + element.tagName.toLowerCase() + '.' + element.className)
"""

FOCUS = r"""
() => {
  const wrong = [];
  for (const element of document.querySelectorAll('a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary')) {
    if (element.tabIndex < 0 || !element.checkVisibility() || element.closest('.visually-hidden, .skip')) continue;
    element.focus();
    const box = element.getBoundingClientRect();
    const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.5, 0.1], [0.5, 0.9]];
    const isSeen = points.some(([x, y]) => {
      const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return top && (element === top || element.contains(top) || top.contains(element) || top.closest('label')?.contains(element));
    });
    if (!isSeen) wrong.push(`the focus is covered: ${element.tagName.toLowerCase()} “${(element.textContent || element.name).trim().slice(0, 20)}”`);
  }
  document.activeElement.blur();
  window.scrollTo(0, 0);
  return wrong;
}
"""

PHONE, SMALL, ZOOMED = (390, 844), (320, 640), (195, 422)


def _set(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def measures(page: Page) -> list[str]:
    """Sizes, colours, spacing and targets of the page as it stands."""
    return page.evaluate(MEASURE)


def set_view(page: Page, view: str) -> None:
    """The plain or the elder view; the program remembers which somebody chose."""
    if (page.locator("body.elder").count() == 1) != (view == "elder"):
        page.locator("button[name=elder]").click()
        page.wait_for_load_state("load")
    assert (page.locator("body.elder").count() == 1) == (view == "elder")


def faults(page: Page) -> list[str]:
    """Everything that the page in the window does not keep of the promise. Leaves it as it was, in a telephone's width."""
    found = measures(page)
    found += page.evaluate(FOCUS)
    _set(page, SMALL)
    found += [f"at 320 px: {fault}" for fault in page.evaluate(WIDE)]
    found += [f"at 320 px: {fault}" for fault in measures(page) if fault not in found]
    page.evaluate(SPACING, True)
    found += [f"with wide spacing: {fault}" for fault in page.evaluate(WIDE) + page.evaluate(CLIPPED)]
    page.evaluate(SPACING, False)
    _set(page, ZOOMED)
    found += [f"at twice the size: {fault}" for fault in page.evaluate(WIDE) + page.evaluate(FOCUS)]
    _set(page, PHONE)
    return found
