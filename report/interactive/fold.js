// Kinks counted: the zigzag of the tight bound for k = 3 folds the line, and a point gets an address.

{
  const CREASES = [0, 1 / 7, 3 / 7, 5 / 7, 1];
  const PARTS = [0, 1, 2, 3];
  const LAYERS = 3;
  const THICKNESS = 0.42; // of the stack, where the line is 1 long
  const STEP = 0.001; // no kink is at such a number: they are multiples of a power of 1/7
  const ARC = 16; // the parts that an arc is drawn in
  const { number } = answerbook;

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  /** The part of the line, from 0 to 3, that x is in. */
  const partOf = x => PARTS.findLast(part => part === 0 || x > CREASES[part]);

  /** g(x) on [0, 1]: every part covers all of it, upwards and downwards in turn. */
  function zigzag(x) {
    const part = partOf(x);
    const along = (x - CREASES[part]) / (CREASES[part + 1] - CREASES[part]);
    return part % 2 ? 1 - along : along;
  }

  /** The values of x after 0, 1, … layers, and the part that each but the last is in. */
  function follow(x, layers = LAYERS) {
    const values = [x];
    while (values.length <= layers) values.push(zigzag(values.at(-1)));
    return { values, address: values.slice(0, -1).map(partOf) };
  }

  /** The x with this address at which the last layer has this value. */
  function find(address, value) {
    return address.reduceRight((y, part) => {
      const [start, end] = [CREASES[part], CREASES[part + 1]];
      return part % 2 ? end - y * (end - start) : start + y * (end - start);
    }, value);
  }

  /** All addresses in the order of their pieces: at each kink one digit changes, by one. */
  function addresses(layers) {
    if (layers === 0) return [[]];
    const shorter = addresses(layers - 1);
    return shorter.flatMap((address, i) =>
      (i % 2 ? [...PARTS].reverse() : PARTS).map(part => [...address, part]));
  }

  /** The place in the stack of the sheet with this address: every other part lies face down. */
  const sheetOf = address => address.reduce((sheet, part, layer) => {
    const below = PARTS.length ** layer;
    return part * below + (part % 2 ? below - 1 - sheet : sheet);
  }, 0);

  // --- Folding ------------------------------------------------------------------------------

  /** The line as it lies while the last of these layers is folded (s from 0 to 1).
   *
   *  The parts of the stack so far are boards, each turned by the angle πs against the one before,
   *  about a hinge at its upper edge and at its lower edge in turn. Returns the line as points
   *  {x, at: [across, up]}, and where a point of the line lies.
   */
  function folded(layers, s) {
    const before = Math.max(layers - 1, 0);
    const sheets = PARTS.length ** before;
    const spacing = (THICKNESS / sheets) * PARTS.length ** -s;
    const boards = hinged(sheets * spacing, s);
    const on = (part, along, height) => {
      const { origin, angle } = boards[part];
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return [origin[0] + along * cos - height * sin, origin[1] + along * sin + height * cos];
    };
    const middle = sheet => (sheet + 0.5) * spacing;
    /** Where the value y before the last layer lies on this sheet of the stack so far. */
    const place = (sheet, y, part = partOf(y)) => {
      const share = (y - CREASES[part]) / (CREASES[part + 1] - CREASES[part]);
      return on(part, share * boards[part].length, middle(sheet));
    };
    /** The arc about a hinge, from one board to the next. */
    const bend = (part, sheet) => {
      const { length, angle } = boards[part];
      const up = part % 2 === 0;
      const edge = up ? sheets * spacing : 0;
      const centre = on(part, length, edge);
      const turn = boards[part + 1].angle - angle;
      return d3.range(1, ARC).map(i => {
        const towards = angle + (up ? -Math.PI / 2 : Math.PI / 2) + (turn * i) / ARC;
        const radius = Math.abs(edge - middle(sheet));
        return [centre[0] + radius * Math.cos(towards), centre[1] + radius * Math.sin(towards)];
      });
    };
    /** Half a circle, from sheet to sheet of the stack so far, at its end 0 or 1. */
    const turn = (end, from, to) => d3.range(1, ARC).map(i => {
      const angle = (Math.PI * i) / ARC;
      const out = (Math.abs(to - from) / 2) * spacing * Math.sin(angle);
      const height = middle((from + to) / 2) - (((to - from) * spacing) / 2) * Math.cos(angle);
      return end ? on(3, boards[3].length + out, height) : on(0, -out, height);
    });
    const points = [];
    const words = addresses(before);
    words.forEach((word, i) => {
      const sheet = sheetOf(word);
      const rises = i % 2 === 0;
      const add = (y, at) => points.push({ x: find(word, y), at });
      (rises ? PARTS : [...PARTS].reverse()).forEach((part, nth) => {
        const ends = [CREASES[part], CREASES[part + 1]];
        for (const y of rises ? ends : ends.reverse()) add(y, place(sheet, y, part));
        if (nth === 3) return;
        const arc = bend(rises ? part : part - 1, sheet);
        for (const at of rises ? arc : arc.reverse()) add(ends[1], at);
      });
      if (i + 1 < words.length) {
        const end = Number(rises);
        for (const at of turn(end, sheet, sheetOf(words[i + 1]))) add(end, at);
      }
    });
    const locate = x => {
      const { values, address } = follow(x, before);
      return place(sheetOf(address), values[before]);
    };
    return { points, locate };
  }

  /** The boards: where the lower left corner of each is, its angle, and its length. */
  function hinged(thickness, s) {
    const boards = [];
    let [origin, angle] = [[0, 0], 0];
    for (const part of PARTS) {
      const length = (1 - s) * (CREASES[part + 1] - CREASES[part]) + s;
      boards.push({ origin, angle, length });
      const end = [origin[0] + length * Math.cos(angle), origin[1] + length * Math.sin(angle)];
      const next = part % 2 ? angle - Math.PI * s : angle + Math.PI * s;
      const upper = part % 2 ? 0 : thickness; // the hinge is at this edge of both boards
      origin = [
        end[0] - upper * Math.sin(angle) + upper * Math.sin(next),
        end[1] + upper * Math.cos(angle) - upper * Math.cos(next),
      ];
      angle = next;
    }
    return boards;
  }

  // --- The figure ---------------------------------------------------------------------------

  function make(place) {
    place.hint.html('Drag the point and watch its digits; then take the last slider to 0, and fold the line yourself.');
    const x = place.slider({
      label: '<i>x</i>', min: STEP, max: 1 - STEP, step: STEP, value: 0.86, text: value => number(value),
    });
    const folds = place.slider({
      label: 'folds', min: 0, max: LAYERS, step: 0.1, value: LAYERS, text: value => number(value, 1),
    });
    const showCounts = place.counts();
    const plot = place.svg('The line, and the function after one, two and three layers, with the point');
    const stack = place.svg('The line as it lies after so many folds, seen from the side, with the point');
    const across = d3.scaleLinear([0, 1], [0, 1]);
    const put = value => { x.value = clamp(Math.round(value / STEP) * STEP, STEP, 1 - STEP); };
    let nearest = () => x.value;
    place.drag(plot.style('touch-action', 'pan-y').style('cursor', 'grab'), ([px]) => put(across.invert(px)));
    place.drag(stack.style('touch-action', 'pan-y').style('cursor', 'grab'), at => put(nearest(at)));

    return width => {
      const { values, address } = follow(x.value);
      across.range([46, width - 10]);
      drawLayers(plot, width, across, values, address);
      nearest = drawStack(stack, width, folds.value, x.value, address);
      showCounts([['address', address.map(part => part + 1).join(' ')], ...values.slice(1)
        .map((value, i) => [`after layer ${i + 1}`, number(value, 4)])]);
      place.say(explain(values, address, folds.value));
    };
  }

  const point = (svg, at) => svg.selectAll('circle.point').data(at).join('circle')
    .attr('class', 'point').attr('r', 5.5).attr('cx', d => d[0]).attr('cy', d => d[1])
    .style('fill', 'var(--warning)').style('stroke', 'var(--page)').raise();

  /** The line on top, and a row for each layer; each crossing of a grey line is a kink of the next. */
  function drawLayers(svg, width, across, values, address) {
    const high = width > 480 ? 78 : 64;
    const row = layer => d3.scaleLinear([0, 1], [high, 0].map(y => 50 + y + (layer - 1) * (high + 18)));
    const rows = d3.range(1, LAYERS + 1).map(row);
    const line = ([x, y]) => [across(x), y];
    svg.attr('width', width).attr('height', rows.at(-1)(0) + 8);
    const inner = CREASES.slice(1, -1);
    const levels = rows.slice(0, -1).flatMap(y => inner.map(crease => y(crease)));
    svg.selectAll('line.level').data(levels).join('line').attr('class', 'level')
      .attr('x1', across(0)).attr('x2', across(1)).attr('y1', y => y).attr('y2', y => y)
      .style('stroke', 'var(--quiet)').style('opacity', 0.5);
    svg.selectAll('line.at').data([across(values[0])]).join('line').attr('class', 'at')
      .attr('x1', x => x).attr('x2', x => x).attr('y1', 26).attr('y2', rows.at(-1)(0))
      .style('stroke', 'var(--warning)').style('stroke-dasharray', '1 3');
    svg.selectAll('line.crease').data(inner).join('line').attr('class', 'crease')
      .attr('x1', across).attr('x2', across).attr('y1', 21).attr('y2', 31).style('stroke', 'var(--note)');
    const path = d3.line();
    const piece = word => [0, 1].map(y => [find(word, y), y]);
    const curves = [
      [[line([0, 26]), line([1, 26])], 'var(--note)', 2],
      ...rows.flatMap((y, i) => {
        const draw = corners => corners.map(([x, f]) => line([x, y(f)]));
        const corners = addresses(i + 1).map((word, nth) => [find(word, nth % 2), nth % 2]);
        return [
          [draw([...corners, [1, 0]]), 'var(--note)', 1.4],
          [draw(piece(address.slice(0, i + 1))), 'var(--warning)', 3],
        ];
      }),
    ];
    svg.selectAll('path.curve').data(curves).join('path').attr('class', 'curve')
      .attr('d', ([points]) => path(points)).style('fill', 'none').style('stroke-linejoin', 'bevel')
      .style('stroke', ([, colour]) => colour).style('stroke-width', ([, , size]) => size);
    const crossings = rows.slice(0, -1).flatMap((y, i) =>
      addresses(i + 1).flatMap(word => inner.map(crease => line([find(word, crease), y(crease)]))));
    svg.selectAll('circle.crossing').data(crossings).join('circle').attr('class', 'crossing')
      .attr('r', width > 480 ? 2 : 1.3).attr('cx', d => d[0]).attr('cy', d => d[1])
      .style('fill', 'var(--text)');
    const middle = part => (CREASES[part] + CREASES[part + 1]) / 2;
    const digits = PARTS.flatMap(part => [
      [across(middle(part)), 14, part, address[0]],
      ...rows.slice(0, -1).map((y, i) => [34, y(middle(part)) + 4, part, address[i + 1]]),
    ]);
    svg.selectAll('text.digit').data(digits).join('text').attr('class', 'digit')
      .attr('text-anchor', 'middle').attr('x', d => d[0]).attr('y', d => d[1]).text(d => d[2] + 1)
      .style('fill', ([, , part, own]) => (part === own ? 'var(--warning)' : 'var(--quiet)'))
      .style('font-weight', ([, , part, own]) => (part === own ? 700 : 400));
    const names = [['x', 30], ...rows.map((y, i) => [`f${'₁₂₃'[i]}`, y(0.5) + 4])];
    svg.selectAll('text.name').data(names).join('text').attr('class', 'name')
      .attr('y', ([, y]) => y).text(([name]) => name);
    point(svg, values.map((value, i) => line([values[0], i ? rows[i - 1](value) : 26])));
  }

  /** The folded line, as large as it fits; returns what finds the x that is drawn nearest to a place. */
  function drawStack(svg, width, folds, x, address) {
    const layers = Math.ceil(folds);
    const { points, locate } = folded(layers, layers ? folds - layers + 1 : 0);
    const height = Math.max(150, 0.4 * width);
    const [left, right] = d3.extent(points, ({ at }) => at[0]);
    const [low, high] = d3.extent(points, ({ at }) => at[1]);
    const scale = Math.min((width - 14) / (right - left), (height - 14) / (high - low || 1e-9));
    const drawn = ([a, b]) => [
      width / 2 + (a - (left + right) / 2) * scale, height / 2 - (b - (low + high) / 2) * scale,
    ];
    const [start, end] = layers ? d3.extent([0, 1], y => find(address.slice(0, layers), y)) : [0, 1];
    const inside = (a, b) => a.x !== b.x && start < (a.x + b.x) / 2 && (a.x + b.x) / 2 < end;
    const here = d3.pairs(points).filter(pair => inside(...pair)).flat();
    const spacing = (THICKNESS * scale) / 4 ** folds;
    const curves = [
      [points, 'var(--note)', clamp(0.4 * spacing, 0.7, 2)], [here, 'var(--warning)', 2.5],
    ];
    svg.attr('width', width).attr('height', height);
    svg.selectAll('path').data(curves).join('path')
      .attr('d', ([line]) => d3.line()(line.map(({ at }) => drawn(at)))).style('fill', 'none')
      .style('stroke', ([, colour]) => colour).style('stroke-width', ([, , size]) => size);
    const [px, py] = drawn(locate(x));
    const through = folds === layers && layers ? [drawn([0, high])[1], drawn([0, low])[1]] : [py, py];
    svg.selectAll('line').data([through]).join('line').attr('x1', px).attr('x2', px)
      .attr('y1', ([top]) => top).attr('y2', ([, bottom]) => bottom)
      .style('stroke', 'var(--warning)').style('stroke-dasharray', '1 3');
    point(svg, [[px, py]]);
    return at => nearestOn(points.map(p => ({ x: p.x, at: drawn(p.at) })), at);
  }

  /** The x of the point of the drawn line that is nearest to a place. */
  function nearestOn(points, [px, py]) {
    const candidates = d3.pairs(points, (a, b) => {
      const [dx, dy] = [b.at[0] - a.at[0], b.at[1] - a.at[1]];
      const along = ((px - a.at[0]) * dx + (py - a.at[1]) * dy) / (dx * dx + dy * dy || 1);
      const t = clamp(along, 0, 1);
      return {
        x: a.x + t * (b.x - a.x),
        distance: Math.hypot(px - a.at[0] - t * dx, py - a.at[1] - t * dy),
      };
    });
    return d3.least(candidates, ({ distance }) => distance).x;
  }

  function explain(values, address, folds) {
    const sheets = ['a single sheet', '4 sheets', '4 · 4 = 16 sheets', '4 · 4 · 4 = 64 sheets'];
    const value = number(values[LAYERS], 4);
    return `Address <b>${address.map(part => part + 1).join(' ')}</b>, one of 4 · 4 · 4 = 64; each belongs
      to one piece of <i>f</i>₃, and on each piece there is one point with
      <i>f</i>₃(<i>x</i>) = ${value}. The line lies in ${sheets[Math.floor(folds + 1e-9)]}.`;
  }

  answerbook.figure('fold', 'The zigzag, folded layer by layer', make, {
    follow, find, addresses, sheetOf, folded,
  });
}
