// @ts-check

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Makes an element. Text only ever becomes text nodes: nothing that anyone wrote is read as HTML.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | undefined | ((event: any) => void)>} props attributes; `on…` are listeners
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Makes a container show these items, touching only what is new, changed or gone, so that scrolling,
 * focus and screen readers stay undisturbed.
 * @template T
 * @param {HTMLElement} container
 * @param {readonly T[]} items
 * @param {{ key: (item: T) => string, version: (item: T) => string, make: (item: T) => HTMLElement }} how
 */
export function reconcile(container, items, { key, version, make }) {
  /** @type {Map<string, HTMLElement>} */
  const old = new Map();
  for (const child of /** @type {HTMLElement[]} */ ([...container.children])) {
    old.set(child.dataset.key ?? "", child);
  }
  let place = container.firstElementChild;
  for (const item of items) {
    const k = key(item);
    const v = version(item);
    let element = old.get(k);
    old.delete(k);
    if (!element || element.dataset.version !== v) {
      const fresh = make(item);
      fresh.dataset.key = k;
      fresh.dataset.version = v;
      if (element) {
        if (place === element) place = fresh;
        element.replaceWith(fresh);
      }
      element = fresh;
    }
    if (element === place) place = place.nextElementSibling;
    else container.insertBefore(element, place);
  }
  for (const element of old.values()) element.remove();
}

/** @type {(() => void) | null} */
let closeOpen = null;

/**
 * Opens a small menu at a button; Escape or a click elsewhere closes it.
 * @param {HTMLElement} anchor
 * @param {{ label: string, hint?: string, danger?: boolean, run: () => void }[]} items
 * @param {"list" | "row"} shape
 */
export function openMenu(anchor, items, shape = "list") {
  const wasHere = anchor.getAttribute("aria-expanded") === "true";
  closeOpen?.();
  if (wasHere || items.length === 0) return;
  const buttons = items.map(({ label, hint, danger, run }) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: danger ? "danger" : undefined,
        onclick: () => {
          close();
          run();
        },
      },
      label,
      hint ? h("small", {}, hint) : null,
    ),
  );
  const menu = h("div", { class: `menu ${shape}`, role: "menu" }, ...buttons);
  document.body.append(menu);
  const at = anchor.getBoundingClientRect();
  const below = at.bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - menu.offsetHeight - 6)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
  anchor.setAttribute("aria-expanded", "true");
  buttons[0]?.focus({ preventScroll: true });

  const close = () => {
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    closeOpen = null;
  };
  /** @param {PointerEvent} event */
  const outside = (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!menu.contains(target) && !anchor.contains(target)) close();
  };
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") {
      close();
      anchor.focus();
    } else if (step !== undefined) {
      event.preventDefault();
      const i = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
      buttons.at((i + step) % buttons.length)?.focus();
    }
  });
  document.addEventListener("pointerdown", outside, true);
  closeOpen = close;
}

/**
 * A line that appears over a pane for a moment.
 * @param {HTMLElement} pane
 * @param {string} text
 */
export function toast(pane, text) {
  const element = h("div", { class: "toast", role: "status" }, text);
  pane.append(element);
  setTimeout(() => element.remove(), 3500);
}
