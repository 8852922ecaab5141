// What helps a reader of the page. Without it, nothing but this help is lost.

const text = document.querySelector('main');
const contents = document.querySelector('.contents');

function button(label, classes, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.className = classes;
  made.addEventListener('click', action);
  return made;
}

// The contents list shows where the reader is.

const entries = new Map(
  [...contents.querySelectorAll('a')].map(link => [decodeURIComponent(link.hash.slice(1)), link]),
);
const sections = [...entries.keys()].map(id => document.getElementById(id)).filter(Boolean);
let shown = null;
contents.classList.add('following');

function follow() {
  const read = sections.findLast(section => section.getBoundingClientRect().top < 120);
  if (read === shown) return;
  entries.get(shown?.id)?.removeAttribute('aria-current');
  shown = read;
  const entry = entries.get(shown?.id);
  if (!entry) return;
  entry.setAttribute('aria-current', 'location');
  const room = contents.getBoundingClientRect(), place = entry.getBoundingClientRect();
  if (place.top < room.top + 60 || place.bottom > room.bottom - 60) {
    contents.scrollTop += place.top - room.top - room.height / 3;
  }
}

let waiting = false;
addEventListener('scroll', () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; follow(); });
}, { passive: true });

// Back to where a reference was followed.

const left = [];
const back = button('↩ Back to where I was', 'back', () => {
  const { link, top } = left.pop();
  scrollTo({ top, behavior: 'instant' });
  link.focus({ preventScroll: true });
  back.hidden = left.length === 0;
});
back.hidden = true;
document.body.append(back);

document.body.addEventListener('click', event => {
  const link = event.target.closest('main a[href^="#"]:not(.anchor, .origin a)');
  if (!link) return;
  left.push({ link, top: scrollY });
  back.hidden = false;
});

// Links to a heading, a figure or a claim: a click copies the address.

const told = document.createElement('p');
told.className = 'told';
told.setAttribute('role', 'status');
document.body.append(told);

document.body.addEventListener('click', async event => {
  const anchor = event.target.closest('.anchor');
  if (!anchor || !navigator.clipboard) return;
  await navigator.clipboard.writeText(anchor.href);
  told.textContent = 'Link copied';
  setTimeout(() => { told.textContent = ''; }, 1500);
});

// The link below a figure saves its numbers, which lie at the end of the page.

document.body.addEventListener('click', event => {
  const link = event.target.closest('.origin a');
  if (!link) return;
  event.preventDefault();
  document.querySelector(`${link.hash} a`).click();
});

// A claim that is linked to shows its evidence.

function open() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target?.matches('.claim') && target.querySelector('details');
  if (details) details.open = true;
}
addEventListener('hashchange', open);
open();

// A figure opens larger on a click.

const large = document.createElement('dialog');
large.className = 'large';
large.addEventListener('click', event => { if (event.target.tagName !== 'IMG') large.close(); });
document.body.append(large);

function enlarge(image) {
  large.replaceChildren(button('Close', 'close', () => {}), image.cloneNode());
  large.setAttribute('aria-label', image.alt);
  large.showModal();
}

for (const image of text.querySelectorAll('figure img')) {
  const opener = button('', 'enlarge', () => enlarge(image));
  opener.title = 'Enlarge';
  image.replaceWith(opener);
  opener.append(image);
}

// What scrolls sideways can be scrolled by keyboard in every browser.

const WIDE = `.table, .drawing, .formula, .statement, .evidence, .claim-row, pre, p, td,
  math[display="block"]`;

function reach() {
  for (const element of text.querySelectorAll(WIDE)) {
    if (element.scrollWidth > element.clientWidth + 1 &&
        /auto|scroll/.test(getComputedStyle(element).overflowX)) {
      element.tabIndex = 0;
    } else {
      element.removeAttribute('tabindex');
    }
  }
}
new ResizeObserver(reach).observe(text);

// Light, dark, or as the system has it.

const schemes = ['light dark', 'light', 'dark'];
const names = { 'light dark': 'as the system', light: 'light', dark: 'dark' };

function paint(scheme) {
  document.documentElement.style.colorScheme = scheme;
  switcher.textContent = `Colours: ${names[scheme]}`;
  try { localStorage.setItem('colours', scheme); } catch { /* no storage: until the page closes */ }
}

const switcher = button('', 'setting', () => {
  const now = document.documentElement.style.colorScheme || schemes[0];
  paint(schemes[(schemes.indexOf(now) + 1) % schemes.length]);
});
let kept = null;
try { kept = localStorage.getItem('colours'); } catch { /* no storage */ }
paint(schemes.includes(kept) ? kept : schemes[0]);

// Each number that an experiment gave names its file.

const teller = button('Sources of numbers', 'setting', () => {
  teller.ariaPressed = text.classList.toggle('with-sources');
});
teller.ariaPressed = false;
contents.append(switcher, teller);

follow();
