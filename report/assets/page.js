// What helps a reader of the page. Without it, nothing of the page is lost.

// The contents list shows the section that is being read.
const entries = new Map(
  [...document.querySelectorAll('.contents a')].map(link => [link.hash.slice(1), link]),
);
const sections = [...entries.keys()].map(id => document.getElementById(id)).filter(Boolean);

function follow() {
  const passed = sections.filter(section => section.getBoundingClientRect().top < 120);
  const current = entries.get(passed.at(-1)?.id);
  document.querySelector('.contents [aria-current]')?.removeAttribute('aria-current');
  current?.setAttribute('aria-current', 'location');
}

addEventListener('scroll', follow, { passive: true });
follow();
