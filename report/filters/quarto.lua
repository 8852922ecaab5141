--[[
The text of the book, to html and to typst, whoever renders: the constructs of Quarto that it uses,
and what it has of its own.

Includes and variables are expanded before Pandoc reads the text. Quarto runs this filter before it
looks at the text itself, and finds raw blocks where it would number or frame. It is one file, as
was tried with Quarto. Here, in this order: claims and solutions; what stands below a figure; the place
of the bibliography; content for one format only; callouts, listings and images; the numbers of
sections, figures, panels, tables, theorems and equations; the references to them.
How it looks is left to assets/page.css and assets/book.typst.
]]

local TYPST = FORMAT:match 'typst' ~= nil
local RAW = TYPST and 'typst' or 'html'

local KINDS = {
  fig = 'Figure', tbl = 'Table', eq = 'Equation', sec = 'Section', thm = 'Theorem', lem = 'Lemma',
  cor = 'Corollary', prp = 'Proposition', cnj = 'Conjecture', def = 'Definition',
  exm = 'Example', exr = 'Exercise',
}
local NO_DIVISIONS = pandoc.List { 'tbl', 'eq', 'sec' }

local function kind_of(identifier)
  return identifier:match '^(%l+)%-'
end

local function markdown(text)
  return pandoc.utils.blocks_to_inlines(pandoc.read(text, 'markdown').blocks)
end

local function quoted(text)
  return '"' .. text:gsub('[\\"]', '\\%0') .. '"'
end

--- Blocks from pieces: strings are code in the format, Blocks and Inlines the document's. So
--- Quarto sees no division or figure that it would number or frame itself.
local function raw(...)
  local blocks = pandoc.Blocks {}
  for _, piece in ipairs { ... } do
    local kind = pandoc.utils.type(piece)
    if kind == 'string' then piece = { pandoc.RawBlock(RAW, piece) } end
    blocks:extend(kind == 'Inlines' and { pandoc.Plain(piece) } or piece)
  end
  return blocks
end

--- Takes the title off `blocks`: a leading heading.
local function leading_heading(blocks)
  return blocks[1] and blocks[1].t == 'Header' and blocks:remove(1).content or nil
end

--- `inlines` at the start of the first paragraph of `blocks`.
local function run_in(inlines, blocks)
  if blocks[1] and blocks[1].t == 'Para' then
    blocks[1].content = inlines .. blocks[1].content
  else
    blocks:insert(1, pandoc.Para(inlines))
  end
  return blocks
end

-- Claims and solutions --------------------------------------------------------------------------
--
-- A claim is one line with its verdict, its statement and its domain; neighbours share a box. On the
-- page the evidence is one click away, on paper it is in the appendix. A solution is one click away
-- on the page and printed on paper.

-- Each verdict has a sign of its own, besides its word and its colour.
local SIGNS = {
  proved = '■', derived = '=', checked = '✓', measured = '≈', refuted = '✗', undecided = '?',
}

local function has_class(block, class)
  return block.t == 'Div' and block.classes:includes(class)
end

--- Where the claim holds, and the judgement of what the source says.
local function scope(attributes)
  local told = markdown(attributes.domain)
  if attributes.source then told:extend(markdown('; the source: *' .. attributes.source .. '*')) end
  return told
end

local function claim(div)
  local verdict, statement = div.attributes.verdict, div.content[1].content
  local row, sign = div.identifier:gsub('^claim', 'row'), SIGNS[verdict]
  if TYPST then
    return raw('#claim("' .. verdict .. '", "' .. sign .. '", <' .. row .. '>, [',
      scope(div.attributes), '])[', statement, '] <' .. div.identifier .. '>')
  end
  local name = row:gsub('^row%-', '')
  local anchor = pandoc.Link(name, '#' .. div.identifier, '', { class = 'anchor' })
  return raw('<div class="claim ' .. verdict .. '" id="' .. div.identifier .. '">\n' ..
    '<details>\n<summary><span class="verdict"><span class="sign" aria-hidden="true">' .. sign ..
    '</span> ' .. verdict .. '</span> <span class="statement">', statement,
    ' <span class="domain">', scope(div.attributes), '</span></span></summary>\n' ..
    '<div class="evidence">', div.content[2].content, pandoc.Inlines { anchor },
    '</div>\n</details>\n<a class="row" href="#' .. row .. '" title="' .. name ..
    ' in the list of claims" aria-label="' .. name .. ' in the list of claims">↓</a>\n</div>')
end

--- Claims that follow one another share one box.
local function claims(all)
  local result, open = pandoc.Blocks {}, false
  for _, block in ipairs(all) do
    local is_claim = has_class(block, 'claim')
    if is_claim ~= open then
      local start = TYPST and '#claims[' or '<div class="claims">'
      result:extend(raw(is_claim and start or (TYPST and ']' or '</div>')))
      open = is_claim
    end
    result:extend(is_claim and claim(block) or { block })
  end
  if open then result:extend(raw(TYPST and ']' or '</div>')) end
  return result
end

--- A claim in the list of all: the page has a class for it.
local function row(div)
  if not (TYPST and div.classes:includes 'claim-row') then return end
  return raw('#claim-row[', div.content, '] <' .. div.identifier .. '>')
end

local function solution(div)
  if not div.classes:includes 'solution' then return end
  if TYPST then
    if div.content[1].t ~= 'Para' then div.content:insert(1, pandoc.Para {}) end
    div.content[1].content:insert(1, pandoc.RawInline('typst', '#emph[Solution.] '))
    return div.content
  end
  return raw('<details class="solution">\n<summary>Solution</summary>', div.content, '</details>')
end

-- Below a figure -------------------------------------------------------------------------------
--
-- A figure that answers has a second caption for the page; which one shows is left to
-- interactive/figures.css. Where a figure comes from stands at the end of either, but on paper in
-- the division `origins` of the text, if it has one.

local origins = {}   -- file of a figure -> Inlines
local listed   -- on paper: where each figure comes from, in order

local function collect_origins(document)
  return document:walk {
    Div = function(div)
      if div.classes:includes 'origins' then
        listed = TYPST and pandoc.List {} or nil
        return TYPST and div or {}
      end
      if not div.classes:includes 'origin' then return end
      origins[div.attributes.figure] = pandoc.utils.blocks_to_inlines(div.content)
      return {}
    end,
  }
end

--- Says where the figure comes from: below it, or in the list.
local function tell_origin(words, identifier, origin)
  if listed then
    local cited = pandoc.Cite({}, { pandoc.Citation(identifier, 'AuthorInText') })
    if identifier == '' then cited = pandoc.Str 'Title page' end
    listed:insert { pandoc.Plain(pandoc.Inlines { cited, pandoc.Str ': ' } .. origin) }
    return
  end
  words:insert(pandoc.RawInline(RAW, TYPST and '#origin[' or '<span class="origin">'))
  words:extend(origin)
  words:insert(pandoc.RawInline(RAW, TYPST and ']' or '</span>'))
end

local function list_origins(div)
  if div.classes:includes 'origins' then return raw('#origins[', { pandoc.BulletList(listed) }, ']') end
end

local function words_below(figure)
  local words, live = pandoc.utils.blocks_to_inlines(figure.caption.long), nil
  figure:walk {
    Image = function(image)
      local second = image.attributes['live-caption']
      live = image.attributes.live
      if second and not TYPST then
        words = pandoc.Inlines { pandoc.Span(words, { class = 'of-drawn' }) }
        words:insert(pandoc.Span(markdown(second), { class = 'of-live' }))
      end
      local origin = figure.identifier ~= '' and origins[image.src]  -- the title page tells none
      if origin then tell_origin(words, figure.identifier, origin) end
    end,
  }
  figure.caption, figure.attributes.live = { long = { pandoc.Plain(words) } }, live
  return figure
end

-- The place of the bibliography ----------------------------------------------------------------

--- Citeproc fills the division `refs`; where the text has none, it comes last.
local function bibliography(document)
  local has_place = false
  document:walk { Div = function(div) has_place = has_place or div.identifier == 'refs' end }
  if document.meta.bibliography and not has_place then
    document.blocks:insert(pandoc.Header(1, 'References', { id = 'bibliography', class = 'unnumbered' }))
    document.blocks:insert(pandoc.Div({}, { id = 'refs' }))
  end
  return document
end

-- What renders, and content for one format only ------------------------------------------------

--- The name of the renderer, where the text has a place for it and it is told.
local function named_renderer(document)
  local name = document.meta.renderer
  if not name then return end
  return document:walk {
    Span = function(span)
      if span.classes:includes 'renderer' then return pandoc.Str(pandoc.utils.stringify(name)) end
    end,
  }
end

local function only_where_visible(element)
  if element.classes:includes 'content-visible' then
    local visible = element.attributes['when-format'] == (TYPST and 'typst' or 'html')
    return visible and element.content or {}
  end
end

-- Callouts, listings, images -------------------------------------------------------------------

local function callout(div)
  local kind = table.concat(div.classes, ' '):match 'callout%-(%l+)'
  if not kind then return end
  local title = div.attributes.title and markdown(div.attributes.title)
    or leading_heading(div.content)
    or pandoc.Inlines { pandoc.Str((kind:gsub('^%l', string.upper))) }
  if TYPST then return raw('#callout("' .. kind .. '", [', title, '])[', div.content, ']') end
  return raw('<div class="callout callout-' .. kind .. '">\n<div class="callout-title">', title,
    '</div>\n<div class="callout-body">', div.content, '</div>\n</div>')
end

--- The parts of a code, each from one definition to the next: a page may end between them.
local function definitions(text)
  local parts = pandoc.List {}
  for part in (text .. '\n\n'):gmatch '(.-)\n\n+' do
    local first = part:match '^%s*(%S+)'
    local opens = first == 'def' or first == 'class' or first:match '^@'
    if opens or #parts == 0 then parts:insert(part) else parts[#parts] = parts[#parts] .. '\n\n' .. part end
  end
  return parts
end

--- Settings in two halves, the second from one of their names on.
local function halves(text)
  local first, second = pandoc.List {}, pandoc.List {}
  local _, count = text:gsub('\n', '\n')
  for line in (text .. '\n'):gmatch '(.-)\n' do
    local early = #first <= count / 2 or #second == 0 and line:match '^   '
    local half = early and first or second
    half:insert(line)
  end
  return { table.concat(first, '\n'), table.concat(second, '\n') }
end

local function listing(code)
  local file = code.attributes.filename
  if not file then return end
  code.attributes.filename = nil
  if TYPST then
    local settings = code.classes:includes 'yaml'
    local pieces = { '#listing(' .. quoted(file) .. (settings and ', halves: true' or '') .. ')[' }
    for index, part in ipairs((settings and halves or definitions)(code.text)) do
      if index > 1 then table.insert(pieces, '][') end
      table.insert(pieces, { pandoc.CodeBlock(part, code.attr) })
    end
    table.insert(pieces, ']')
    return raw(table.unpack(pieces))
  end
  local name = pandoc.Div(pandoc.Plain(pandoc.Code(file)), { class = 'listing-file' })
  return pandoc.Div({ name, code }, { class = 'listing' })
end

--- Whether a drawing holds no photograph: the page may then turn its colours for the dark.
local function is_linework(file)
  local opened = file:match '%.svg$' and io.open(file)
  if not opened then return false end
  local drawing = opened:read 'a'
  opened:close()
  return not drawing:find '<image'
end

local function image(element)
  local alt = element.attributes['fig-alt'] or pandoc.utils.stringify(element.caption)
  local width = element.attributes.width
  for _, name in ipairs { 'fig-alt', 'live', 'live-caption' } do element.attributes[name] = nil end
  element.caption = { pandoc.Str(alt) }
  if not TYPST then
    if is_linework(element.src) then element.classes:insert 'linework' end
    return element
  end
  local file = element.src:gsub('%%(%x%x)', function(code) return string.char(tonumber(code, 16)) end)
  local arguments = { quoted(file), 'alt: ' .. quoted(alt) }
  if width then table.insert(arguments, 'width: ' .. width) end
  return pandoc.RawInline('typst', '#image(' .. table.concat(arguments, ', ') .. ')')
end

-- Numbers --------------------------------------------------------------------------------------

local labels = {}   -- identifier -> { name = 'Figure', number = '1' }
local counts = {}   -- kind -> how many so far
local chapters = 0

local function number(identifier)
  local kind = kind_of(identifier)
  counts[kind] = (counts[kind] or 0) + 1
  labels[identifier] = { name = KINDS[kind], number = tostring(counts[kind]) }
  return labels[identifier]
end

local function full_name(label)
  if not label.name then return label.number end
  return label.name .. '\u{a0}' .. label.number
end

--- Chapters have numbers. What is in them goes by its title, for questions have their own numbers.
local function heading(header)
  if header.level > 1 then
    header.classes:insert 'unnumbered'
    labels[header.identifier] = { number = '“' .. pandoc.utils.stringify(header.content) .. '”' }
  elseif not header.classes:includes 'unnumbered' then
    chapters = chapters + 1
    labels[header.identifier] = { name = 'Chapter', number = tostring(chapters) }
  end
  if TYPST then
    return header.level == 1 and { pandoc.RawBlock('typst', '#new-chapter'), header } or header
  end
  local attributes = { class = 'anchor', ['aria-label'] = 'Link to this section' }
  header.content:insert(pandoc.Link('', '#' .. header.identifier, '', attributes))
  return header
end

--- The name of what has `identifier`: on the page a link to it, to be copied.
local function anchored(identifier, name)
  if TYPST then return pandoc.Inlines { pandoc.Str(name) } end
  return pandoc.Inlines { pandoc.Link(name, '#' .. identifier, '', { class = 'anchor' }) }
end

--- The blocks of a caption as inlines, with the name before them.
local function captioned(identifier, name, caption)
  return anchored(identifier, name) .. { pandoc.Space() } .. pandoc.utils.blocks_to_inlines(caption)
end

--- What has a number and a caption. In Typst Quarto would drop the caption of a table; Pandoc's
--- own figure around the table is taken away.
local function framed(identifier, content, prefix, caption, kind, attributes)
  local inlines = captioned(identifier, prefix, caption)
  if TYPST then
    local open = kind == 'table' and '#figure(kind: table, [#show figure: it => it.body'
      or '#figure(kind: image, ['
    return raw(open, content, '], caption: [', inlines,
      ']) <' .. identifier .. '>')
  end
  return raw('<figure id="' .. identifier .. '"' .. (attributes or '') .. '>\n<div class="drawing">',
    content, '</div>\n<figcaption>', inlines, '</figcaption>\n</figure>')
end

--- That of the title page, which has no number.
local function unnumbered_figure(element)
  local open, between, close = '<figure>\n<div class="drawing">', '</div>\n<figcaption>',
    '</figcaption>\n</figure>'
  if TYPST then open, between, close = '#figure(kind: image, placement: none, [', '], caption: [', '])' end
  local words = pandoc.utils.blocks_to_inlines(element.caption.long)
  return raw(open, element.content, between, words, close), false
end

local function figure(element)
  if kind_of(element.identifier) ~= 'fig' then return unnumbered_figure(element) end
  local prefix = full_name(number(element.identifier)) .. ':'
  local live = element.attributes.live and ' data-live="' .. element.attributes.live .. '"'
  return framed(element.identifier, element.content, prefix, element.caption.long, nil, live), false
end

--- The figures of a panel side by side.
local function grid(parts, columns)
  local open, between, close = '<div class="panel" style="--columns: ' .. columns .. '">\n<div>',
    '</div>\n<div>', '</div>\n</div>'
  if TYPST then open, between, close = '#panel(' .. columns .. ')[', '][', ']' end
  local pieces = { open }
  for index, part in ipairs(parts) do
    table.insert(pieces, part)
    table.insert(pieces, index < #parts and between or close)
  end
  return raw(table.unpack(pieces))
end

--- A division that is a figure: its last paragraph is the caption, its figures are the parts.
local function panel(div)
  local whole = number(div.identifier)
  local caption, parts = { div.content:remove() }, pandoc.List {}
  for index, part in ipairs(div.content) do
    local letter = '(' .. string.char(96 + index) .. ')'
    labels[part.identifier] = { name = whole.name, number = whole.number .. ' ' .. letter }
    parts:insert(framed(part.identifier, part.content, letter, part.caption.long))
  end
  local cells = grid(parts, div.attributes['layout-ncol'] or 1)
  return framed(div.identifier, cells, full_name(whole) .. ':', caption), false
end

local function theorem(div)
  local title = anchored(div.identifier, full_name(number(div.identifier)))
  local name = leading_heading(div.content)
  if name then title = title .. { pandoc.Str ' (' } .. name .. { pandoc.Str ')' } end
  title:insert(pandoc.Str '.')
  local content = run_in(pandoc.Inlines { pandoc.Strong(title), pandoc.Space() }, div.content)
  if TYPST then return raw('#theorem[', content, '] <' .. div.identifier .. '>') end
  return raw('<div id="' .. div.identifier .. '" class="theorem">', content, '</div>')
end

local function proof(div)
  local title = pandoc.Inlines { pandoc.Emph 'Proof', pandoc.Str '.', pandoc.Space() }
  local content = run_in(title, div.content)
  if TYPST then
    if content[#content].t ~= 'Para' then content:insert(pandoc.Para {}) end
    content[#content].content:insert(pandoc.RawInline('typst', '#end-of-proof'))
    return raw('#proof[', content, ']')
  end
  return raw('<div class="proof">', content, '</div>')
end

local function division(div)
  local kind = kind_of(div.identifier)
  if kind == 'fig' then return panel(div) end
  if NO_DIVISIONS:includes(kind) then error('no division can be ' .. div.identifier, 0) end
  if KINDS[kind] then return theorem(div) end
  if div.classes:includes 'proof' then return proof(div) end
end

--- Takes the label off the caption of a table, where Quarto leaves it.
local function table_label(element)
  local last = element.caption.long[#element.caption.long]
  local label = last and last.content[#last.content]
  local identifier = label and label.t == 'Str' and label.text:match '^{#(tbl%-[^}]+)}$'
  if not identifier then return element.identifier end
  last.content:remove()
  if last.content[#last.content].t == 'Space' then last.content:remove() end
  return identifier
end

local function numbered_table(element)
  local identifier = table_label(element)
  element.identifier = ''
  if kind_of(identifier) == 'tbl' then
    local prefix = full_name(number(identifier)) .. ':'
    if TYPST then
      local caption = element.caption.long
      element.caption = { long = {} }
      return framed(identifier, { element }, prefix, caption, 'table'), false
    end
    element.caption = { long = { pandoc.Plain(captioned(identifier, prefix, element.caption.long)) } }
  end
  if TYPST then return element, false end
  local id = identifier ~= '' and ' id="' .. identifier .. '"' or ''
  return raw('<div class="table"' .. id .. '>', { element }, '</div>'), false
end

local function equation(math, identifier)
  local shown = '(' .. number(identifier).number .. ')'
  if TYPST then
    local before = '#numbered(' .. quoted(shown) .. ', <' .. identifier .. '>)['
    return { pandoc.RawInline('typst', before), math, pandoc.RawInline('typst', ']') }
  end
  local parts = {
    pandoc.Span({ math }, { class = 'formula' }),
    pandoc.Span(anchored(identifier, shown), { class = 'equation-number' }),
  }
  return { pandoc.Span(parts, { id = identifier, class = 'equation' }) }
end

local SPACES = { Space = true, SoftBreak = true }

--- On paper a displayed formula is the last line of the words before it, and so not without them.
local function end_line(words)
  while #words > 0 and SPACES[words[#words].t] do words:remove() end
  local last = words[#words]
  if last and last.mathtype ~= 'DisplayMath' and last.text ~= ']' then
    words:insert(pandoc.RawInline('typst', '#linebreak()'))
  end
end

--- `$$…$$ {#eq-x}`: Pandoc takes the label for text that follows the formula.
local function equations(inlines)
  local result, index = pandoc.Inlines {}, 1
  while index <= #inlines do
    local formula = inlines[index]
    if TYPST and formula.mathtype == 'DisplayMath' then end_line(result) end
    local spaced = inlines[index + 1] and inlines[index + 1].t ~= 'Str'
    local last = index + (spaced and 2 or 1)
    local text = inlines[last] and inlines[last].t == 'Str' and inlines[last].text or ''
    local identifier, rest = text:match '^{#(eq%-[^}]+)}(.*)$'
    if identifier and inlines[index].t == 'Math' then
      result:extend(equation(inlines[index], identifier))
      if rest ~= '' then result:insert(pandoc.Str(rest)) end
      index = last + 1
    else
      result:insert(inlines[index])
      index = index + 1
    end
  end
  return result
end

-- References -----------------------------------------------------------------------------------

local function reference(citation)
  local label = labels[citation.id]
  if not label then error('@' .. citation.id .. ' has no target', 0) end
  local text = pandoc.Inlines { pandoc.Str(full_name(label)) }
  if #citation.prefix > 0 then
    text = citation.prefix .. { pandoc.Str('\u{a0}' .. label.number) }
  elseif citation.mode == 'SuppressAuthor' then
    text = pandoc.Inlines { pandoc.Str(label.number) }
  end
  return pandoc.Link(text, '#' .. citation.id, '', { class = 'reference' })
end

local function references(cite)
  if not KINDS[kind_of(cite.citations[1].id)] then return end
  local result = pandoc.Inlines {}
  for index, citation in ipairs(cite.citations) do
    if index > 1 then result:extend { pandoc.Str ',', pandoc.Space() } end
    result:insert(reference(citation))
  end
  return result
end

return {
  { Blocks = claims, Div = function(div) return row(div) or solution(div) end },
  { Pandoc = collect_origins },
  { Figure = words_below },
  { Div = list_origins },
  { Pandoc = bibliography },
  { Pandoc = named_renderer },
  { Div = only_where_visible, Span = only_where_visible },
  { Div = callout },
  { CodeBlock = listing, Image = image },
  {
    traverse = 'topdown', Header = heading, Figure = figure, Div = division,
    Table = numbered_table, Inlines = equations,
  },
  { Cite = references },
}
