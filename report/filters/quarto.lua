--[[
The constructs of Quarto that the book uses, for Pandoc alone, to html and to typst.

Includes and variables are expanded before Pandoc reads the text. Here, in this order: the place
of the bibliography; content for one format only; callouts, claims, solutions, listings and images;
the numbers of sections, figures, panels, tables, theorems and equations; the references to them.
How it looks is left to assets/page.css and assets/book.typst.
]]

local TYPST = FORMAT:match 'typst' ~= nil

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

--- Blocks of Typst from pieces: strings are its code, Blocks and Inlines the document's.
local function typst(...)
  local blocks = pandoc.Blocks {}
  for _, piece in ipairs { ... } do
    local kind = pandoc.utils.type(piece)
    if kind == 'string' then piece = { pandoc.RawBlock('typst', piece) } end
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

-- The place of the bibliography ----------------------------------------------------------------

--- Citeproc fills the division `refs`; where the text has none, it comes last, under the heading
--- that Quarto gives it.
local function bibliography(document)
  local has_place = false
  document:walk { Div = function(div) has_place = has_place or div.identifier == 'refs' end }
  if document.meta.bibliography and not has_place then
    local title = TYPST and 'Bibliography' or 'References'
    document.blocks:insert(pandoc.Header(1, title, { id = 'bibliography', class = 'unnumbered' }))
    document.blocks:insert(pandoc.Div({}, { id = 'refs' }))
  end
  return document
end

-- Content for one format only ------------------------------------------------------------------

local function only_where_visible(element)
  if element.classes:includes 'content-visible' then
    local visible = element.attributes['when-format'] == (TYPST and 'typst' or 'html')
    return visible and element.content or {}
  end
end

-- Callouts, claims, solutions, listings, images -------------------------------------------------------------------

local function callout(div)
  local kind = table.concat(div.classes, ' '):match 'callout%-(%l+)'
  if not kind then return end
  local title = div.attributes.title and markdown(div.attributes.title)
    or leading_heading(div.content)
    or pandoc.Inlines { pandoc.Str((kind:gsub('^%l', string.upper))) }
  if TYPST then return typst('#callout("' .. kind .. '", [', title, '])[', div.content, ']') end
  return pandoc.Div({
    pandoc.Div(pandoc.Plain(title), { class = 'callout-title' }),
    pandoc.Div(div.content, { class = 'callout-body' }),
  }, { class = 'callout callout-' .. kind })
end

--- A claim in one paragraph: its verdict, which leads to its row in the appendix, the statement,
--- its domain and the judgement of the source. On a page the evidence is one click away.
local function claim(div)
  local attributes, row = div.attributes, div.identifier:gsub('^claim', '#row')
  local verdict = attributes.verdict:gsub('^%l', string.upper)
  local link = pandoc.Link(verdict, row, '', { class = 'verdict verdict-' .. attributes.verdict })
  local told = markdown(attributes.domain)
  if attributes.source then
    told:extend(pandoc.Inlines '; the source ' .. { pandoc.Strong(attributes.source) })
  end
  local text = pandoc.Inlines { TYPST and pandoc.Strong(link) or link, pandoc.Space() }
  text:extend(div.content[1].content)
  if TYPST then
    told:insert(1, pandoc.RawInline('typst', '#quietly['))
    told:insert(pandoc.RawInline('typst', ']'))
  end
  text:extend { pandoc.Space(), pandoc.Span(told, { class = 'domain' }) }
  local content = pandoc.Blocks { pandoc.Para(text) }
  if not TYPST then
    content:insert(pandoc.RawBlock('html', '<details><summary>Evidence</summary>'))
    content:extend(div.content[2].content)
    content:insert(pandoc.RawBlock('html', '</details>'))
  end
  return pandoc.Div(content, { id = div.identifier, class = 'claim' })
end

--- Claims that follow one another share one box.
local function claims(blocks)
  local result, box = pandoc.Blocks {}, pandoc.Blocks {}
  local function close()
    if #box == 0 then return end
    local content = TYPST and typst('#claims[', box, ']') or box
    result:insert(pandoc.Div(content, { class = 'claims' }))
    box = pandoc.Blocks {}
  end
  for _, block in ipairs(blocks) do
    if block.t == 'Div' and block.classes:includes 'claim' then
      box:insert(claim(block))
    else
      close()
      result:insert(block)
    end
  end
  close()
  return result
end

--- What solves an exercise: one click away on a page, printed on paper.
local function solution(div)
  if not div.classes:includes 'solution' then return end
  local title = pandoc.Inlines 'Solution'
  if TYPST then
    return run_in(pandoc.Inlines { pandoc.Emph(title), pandoc.Str '.', pandoc.Space() }, div.content)
  end
  div.content:insert(1, pandoc.RawBlock('html', '<details><summary>Solution</summary>'))
  div.content:insert(pandoc.RawBlock('html', '</details>'))
  return div
end

local function listing(code)
  local file = code.attributes.filename
  if not file then return end
  code.attributes.filename = nil
  if TYPST then return typst('#listing(' .. quoted(file) .. ')[', { code }, ']') end
  local name = pandoc.Div(pandoc.Plain(pandoc.Code(file)), { class = 'listing-file' })
  return pandoc.Div({ name, code }, { class = 'listing' })
end

local function image(element)
  local alt = element.attributes['fig-alt'] or pandoc.utils.stringify(element.caption)
  local width = element.attributes.width
  element.attributes['fig-alt'] = nil
  element.caption = { pandoc.Str(alt) }
  if not TYPST then return element end
  local arguments = { quoted(element.src), 'alt: ' .. quoted(alt) }
  if width then table.insert(arguments, 'width: ' .. width) end
  return pandoc.RawInline('typst', '#image(' .. table.concat(arguments, ', ') .. ')')
end

-- Numbers --------------------------------------------------------------------------------------

local labels = {}   -- identifier -> { name = 'Figure', number = '1' }
local counts = {}   -- kind -> how many so far
local open_sections = {}   -- number of the open section at each level

local function number(identifier)
  local kind = kind_of(identifier)
  counts[kind] = (counts[kind] or 0) + 1
  labels[identifier] = { name = KINDS[kind], number = tostring(counts[kind]) }
  return labels[identifier]
end

local function full_name(label)
  return label.name .. '\u{a0}' .. label.number
end

local function heading(header)
  if not header.classes:includes 'unnumbered' then
    for level = 1, header.level do open_sections[level] = open_sections[level] or 0 end
    for level = header.level + 1, #open_sections do open_sections[level] = nil end
    open_sections[header.level] = open_sections[header.level] + 1
    local name = { name = 'Section', number = table.concat(open_sections, '.') }
    labels[header.identifier] = name
  end
  if TYPST then return end
  local attributes = { class = 'anchor', ['aria-label'] = 'Link to this section' }
  header.content:insert(pandoc.Link('', '#' .. header.identifier, '', attributes))
  return header
end

--- Puts `prefix` before the caption of a figure or table.
local function prefix_caption(element, prefix)
  local inlines = pandoc.utils.blocks_to_inlines(element.caption.long)
  local text = pandoc.Inlines { pandoc.Str(prefix), pandoc.Space() } .. inlines
  element.caption = { long = { pandoc.Plain(text) } }
end

local function figure(element)
  if kind_of(element.identifier) ~= 'fig' then return end
  prefix_caption(element, full_name(number(element.identifier)) .. ':')
  return element, false
end

--- The figures of a panel side by side.
local function grid(parts, columns)
  if not TYPST then
    local cells = parts:map(function(part) return pandoc.Div(part) end)
    return pandoc.Blocks {
      pandoc.Div(cells, { class = 'panel', style = '--columns: ' .. columns }),
    }
  end
  local pieces = { '#panel(' .. columns .. ')[' }
  for index, part in ipairs(parts) do
    table.insert(pieces, { part })
    table.insert(pieces, index < #parts and '][' or ']')
  end
  return typst(table.unpack(pieces))
end

--- A division that is a figure: its last paragraph is the caption, its figures are the parts.
local function panel(div)
  local whole = number(div.identifier)
  local caption = { long = { div.content:remove() } }
  for index, part in ipairs(div.content) do
    local letter = ' (' .. string.char(96 + index) .. ')'
    labels[part.identifier] = { name = whole.name, number = whole.number .. letter }
    prefix_caption(part, letter:sub(2))
  end
  local parts = grid(div.content, div.attributes['layout-ncol'] or 1)
  local element = pandoc.Figure(parts, caption, { id = div.identifier })
  prefix_caption(element, full_name(whole) .. ':')
  return element, false
end

local function theorem(div)
  local title = pandoc.Inlines { pandoc.Str(full_name(number(div.identifier))) }
  local name = leading_heading(div.content)
  if name then title = title .. { pandoc.Str ' (' } .. name .. { pandoc.Str ')' } end
  local content = run_in(pandoc.Inlines { pandoc.Strong(title), pandoc.Space() }, div.content)
  if TYPST then content = typst('#theorem[', content, ']') end
  return pandoc.Div(content, { id = div.identifier, class = 'theorem' })
end

local function proof(div)
  local title = pandoc.Inlines { pandoc.Emph 'Proof', pandoc.Str '.', pandoc.Space() }
  local content = run_in(title, div.content)
  if TYPST then
    if content[#content].t ~= 'Para' then content:insert(pandoc.Para {}) end
    content[#content].content:insert(pandoc.RawInline('typst', '#end-of-proof'))
    content = typst('#proof[', content, ']')
  end
  return pandoc.Div(content, { class = 'proof' })
end

local function division(div)
  local kind = kind_of(div.identifier)
  if kind == 'fig' then return panel(div) end
  if NO_DIVISIONS:includes(kind) then error('no division can be ' .. div.identifier, 0) end
  if KINDS[kind] then return theorem(div) end
  if div.classes:includes 'proof' then return proof(div) end
end

local function numbered_table(element)
  if kind_of(element.identifier) == 'tbl' then
    prefix_caption(element, full_name(number(element.identifier)) .. ':')
  end
  return TYPST and element or pandoc.Div(element, { class = 'table' }), false
end

local function equation(math, identifier)
  local shown = '(' .. number(identifier).number .. ')'
  if TYPST then
    local before = pandoc.RawInline('typst', '#numbered(' .. quoted(shown) .. ')[')
    return { before, math, pandoc.RawInline('typst', '<' .. identifier .. '>]') }
  end
  local parts = { math, pandoc.Span(shown, { class = 'equation-number' }) }
  return { pandoc.Span(parts, { id = identifier, class = 'equation' }) }
end

--- `$$…$$ {#eq-x}`: Pandoc takes the label for text that follows the formula.
local function equations(inlines)
  local result, index = pandoc.Inlines {}, 1
  while index <= #inlines do
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
  { Pandoc = bibliography },
  { Div = only_where_visible, Span = only_where_visible },
  { Div = function(div) return callout(div) or solution(div) end, Blocks = claims },
  { CodeBlock = listing, Image = image },
  {
    traverse = 'topdown', Header = heading, Figure = figure, Div = division,
    Table = numbered_table, Inlines = equations,
  },
  { Cite = references },
}
