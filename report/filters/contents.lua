--[[
A writer for Pandoc: what stands in a text, as JSON. The staging checks it.

labels, citations, formats (that a part is for), code and mathematics are lists of texts; images
are pairs of file and alternative text. Titles of callouts, and captions of figures that answer, are
texts of their own.
]]

local found = {}
for _, name in ipairs { 'labels', 'citations', 'formats', 'code', 'mathematics', 'images' } do
  found[name] = pandoc.List {}
end

local look

local function attributed(element)
  if element.identifier ~= '' then found.labels:insert(element.identifier) end
  for _, key in ipairs { 'when-format', 'unless-format' } do
    found.formats:extend { element.attributes[key] }
  end
  for _, key in ipairs { 'title', 'live-caption' } do
    pandoc.read(element.attributes[key] or '', 'markdown'):walk(look)
  end
end

local function code(block)
  if not block.text:match '^<!%-%-' then found.code:insert(block.text) end
end

local function image(element)
  attributed(element)
  found.images:insert { element.src, element.attributes['fig-alt'] or '' }
end

look = {
  Header = attributed, Div = attributed, Figure = attributed, Table = attributed,
  Span = attributed, Link = attributed, Code = attributed, Image = image, RawBlock = code,
  CodeBlock = function(block) attributed(block) code(block) end,
  Math = function(formula) found.mathematics:insert(formula.text) end,
  Cite = function(cite)
    for _, citation in ipairs(cite.citations) do found.citations:insert(citation.id) end
  end,
  -- The label of an equation is mere text to Pandoc; quarto.lua reads it like this.
  Str = function(text) found.labels:extend { text.text:match '^{#(eq%-[^}]+)}' } end,
}

function Writer(document)
  document:walk(look)
  return pandoc.json.encode(found)
end
