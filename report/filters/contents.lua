--[[
A writer for Pandoc: what stands in a text, as JSON. The staging checks it.

labels, citations and words are lists of texts; images are pairs of file and
alternative text. Titles of callouts, and captions of figures that answer, are texts of their own.
Of words there are those that are not mere ASCII and are not for the page alone.
]]

local found = {}
for _, name in ipairs { 'labels', 'citations', 'images', 'words' } do
  found[name] = pandoc.List {}
end

local look

local function attributed(element)
  if element.identifier ~= '' then found.labels:insert(element.identifier) end
  for _, key in ipairs { 'title', 'live-caption' } do
    pandoc.read(element.attributes[key] or '', 'markdown'):walk(look)
  end
end

local function image(element)
  attributed(element)
  found.images:insert { element.src, element.attributes['fig-alt'] or '' }
end

look = {
  Header = attributed, Div = attributed, Figure = attributed, Table = attributed,
  Span = attributed, Link = attributed, Code = attributed, Image = image,
  CodeBlock = attributed,
  Cite = function(cite)
    for _, citation in ipairs(cite.citations) do found.citations:insert(citation.id) end
  end,
  -- The label of an equation is mere text to Pandoc; quarto.lua reads it like this.
  Str = function(text) found.labels:extend { text.text:match '^{#(eq%-[^}]+)}' } end,
}

local function word(element)
  for each in element.text:gmatch '%S+' do
    if each:match '[\128-\255]' then found.words:insert(each) end
  end
end

function Writer(document)
  document:walk(look)
  local on_paper = document:walk {
    Div = function(div) if div.attributes['when-format'] == 'html' then return {} end end,
  }
  on_paper:walk { Str = word, Code = word, CodeBlock = word }
  return pandoc.json.encode(found)
end
