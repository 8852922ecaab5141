// What the figures that answer back share: a place on the page, controls, and a voice.
//
// answerbook.figure(name, title, make) stands for each <figure data-live="name …">; what follows the
// name are the place's `words`. make(place) builds it once and returns draw(width), which shows the state: it is called again after each change and
// whenever the place gets another width. It comes in place of the drawn figure, or, if make sets
// place.below, below it. Where make finds no good data, it throws: the reader is told so, and the
// drawn figure stays. What a figure computes is at answerbook.computed[name], for
// the tests to hold against the library.

globalThis.answerbook = (() => {
  'use strict';

  const computed = {};

  function figure(name, title, make, functions = {}) {
    computed[name] = functions;
    for (const element of document.querySelectorAll('figure[data-live]')) {
      const [wanted, ...words] = element.dataset.live.split(' ');
      if (wanted !== name) continue;
      const place = new Place(element, title, words);
      try {
        place.open(make(place));
      } catch (error) {
        place.fail(error);
      }
    }
  }

  /** JSON that the build has put into the page under this name. */
  function data(name) {
    const script = document.getElementById(`data-${name}`);
    if (!script) throw new Error(`the page has no data “${name}”`);
    try {
      return JSON.parse(script.textContent);
    } catch {
      throw new Error(`the data “${name}” cannot be read`);
    }
  }

  /** Throws what is wrong with the data unless the condition holds. */
  function expect(condition, message) {
    if (!condition) throw new Error(message);
  }

  /** x with so many digits after the point at most, and a true minus. */
  function number(x, digits = 3) {
    return d3.format(`,.${digits}~f`)(x);
  }

  /** x with exactly so many digits after the point. */
  const fixed = (x, digits) => d3.format(`.${digits}f`)(x);

  /** A size in words: 2·10⁻¹⁴. */
  function scientific(x) {
    if (x === 0) return '0';
    const [digits, exponent] = x.toExponential(0).split('e');
    const raised = [...exponent.replace('+', '')].map(c => '⁰¹²³⁴⁵⁶⁷⁸⁹'[c] ?? '⁻').join('');
    return `${digits}\u00b710${raised}`;
  }

  class Place {
    constructor(element, title, words) {
      Object.assign(this, { element, words, below: false });
      this.root = d3.create('div').attr('class', 'live').attr('role', 'group');
      this.root.attr('aria-label', `${title}, interactive`);
      this.hint = this.root.append('p').attr('class', 'try');
      this.controls = this.root.append('div').attr('class', 'controls');
      this.panels = this.root.append('div').attr('class', 'panels');
      this.shown = this.root.append('p').attr('class', 'state').attr('aria-hidden', 'true');
      this.spoken = this.root.append('p').attr('class', 'spoken').attr('role', 'status');
    }

    open(draw) {
      const drawn = this.element.querySelector('img').closest('figure > *');
      drawn.classList.add('drawn');
      if (this.below) this.element.append(this.root.node());
      else drawn.after(this.root.node());
      this.element.classList.add('is-live');
      this.element.classList.toggle('is-below', this.below);
      let width = 0;
      this.changed = () => {
        try {
          if (width > 0) draw(width); // it is 0 where the place is hidden, as on paper
        } catch (error) {
          this.fail(error);
        }
      };
      // The hint is as wide as the panels, and no drawing changes its height.
      new ResizeObserver(([{ contentRect }]) => {
        if (width === (width = Math.floor(contentRect.width))) return;
        this.changed();
      }).observe(this.hint.node());
    }

    /** Says what is wrong, and leaves the drawn figure. */
    fail(error) {
      this.changed = () => {};
      this.root.remove();
      this.element.classList.remove('is-live', 'is-below');
      const message = `This figure does not answer: ${error.message}. The drawn one stands here.`;
      const note = d3.create('p').attr('class', 'live-missing').attr('role', 'note').text(message);
      this.element.prepend(note.node());
    }

    /** Shows the state in words; to a screen reader they come when the hand rests. */
    say(html) {
      this.shown.html(html);
      const speak = () => this.spoken.text(this.shown.text());
      clearTimeout(this.timer);
      this.timer = setTimeout(speak, this.spoken.text() ? 600 : 0);
    }

    slider({ label, min, max, step = 1, value, text = String, parent = this.controls }) {
      const box = parent.append('label').attr('class', 'slider');
      const name = box.append('span').html(label);
      const input = box.append('input').attr('type', 'range');
      const output = box.append('output');
      const control = {
        name,
        input,
        get value() { return input.property('valueAsNumber'); },
        set value(x) { input.property('value', x); control.show(); },
        show() {
          output.text(text(control.value));
          input.attr('aria-valuetext', text(control.value));
        },
        range(low, high) { input.attr('min', low).attr('max', high); },
      };
      control.range(min, max);
      input.attr('step', step);
      control.value = value;
      input.on('input', () => { control.show(); this.changed(); });
      return control;
    }

    toggle({ label, checked = false, parent = this.controls }) {
      const box = parent.append('label').attr('class', 'toggle');
      const input = box.append('input').attr('type', 'checkbox').property('checked', checked);
      box.append('span').html(label);
      input.on('input', () => this.changed());
      return {
        box,
        input,
        get value() { return input.property('checked'); },
        set value(x) { input.property('checked', x); },
      };
    }

    /** One of a few: options are pairs of a value and its label. */
    choice({ label, options, value, parent = this.controls }) {
      const box = parent.append('label').attr('class', 'choice');
      box.append('span').html(label);
      const select = box.append('select');
      for (const [key, text] of options) select.append('option').attr('value', key).text(text);
      select.property('value', value).on('input', () => this.changed());
      return {
        select,
        get value() { return select.property('value'); },
        set value(x) { select.property('value', x); },
      };
    }

    button({ label, action, parent = this.controls }) {
      const button = parent.append('button').attr('type', 'button').html(label);
      return button.on('click', () => { action(); this.changed(); });
    }

    /** Numbers, each under its name, which is html; returns what shows other ones. */
    counts() {
      const list = this.panels.append('dl').attr('class', 'counts');
      return pairs => {
        const item = list.selectAll('div').data(pairs).join('div');
        item.selectAll('dt').data(([name]) => [name]).join('dt').html(name => name);
        item.selectAll('dd').data(([, count]) => [count]).join('dd').text(count => count);
      };
    }

    /** An svg that is named; its pictures are said in words by `say`. */
    svg(name, parent = this.panels) {
      return parent.append('svg').attr('role', 'img').attr('aria-label', name);
    }

    /** Calls move([x, y]), in pixels of the svg, while a pointer is held down on it. */
    drag(svg, move) {
      const node = svg.node();
      const moved = event => { move(d3.pointer(event, node)); this.changed(); };
      svg.on('pointerdown', event => {
        event.preventDefault();
        node.setPointerCapture(event.pointerId);
        moved(event);
      });
      svg.on('pointermove', event => { if (node.hasPointerCapture(event.pointerId)) moved(event); });
    }
  }

  return { figure, computed, data, expect, fixed, number, scientific };
})();
