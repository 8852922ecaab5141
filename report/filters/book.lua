--[[
What the book has of its own beside the constructs of Quarto, to html and to typst.

Claims: a division `.claim` is one line with its verdict, its statement and its domain; neighbours
share a box. On the page the evidence is one click away, on paper it is in the appendix.
Solutions: a division `.solution` is one click away on the page and printed on paper.
Where things come from: a division `.origin` with the file of a figure is moved into that figure's
caption; a span `.from` names the file that a number was computed from, on the page alone.
It runs before quarto.lua, which numbers what stands here. How it looks is left to assets/page.css
and assets/book.typst.
]]

local TYPST = FORMAT:match 'typst' ~= nil

local RAW = TYPST and 'typst' or 'html'
-- Each verdict has a sign of its own, besides its word and its colour.
local SIGNS = {
  proved = '■', derived = '=', checked = '✓', measured = '≈', refuted = '✗', undecided = '?',
}

local function raw(code)
  return pandoc.RawInline(RAW, code)
end

--- Blocks from pieces: strings are code in the format, Blocks and Inlines the document's.
local function blocks(...)
  local result = pandoc.Blocks {}
  for _, piece in ipairs { ... } do
    local kind = pandoc.utils.type(piece)
    if kind == 'string' then piece = { pandoc.RawBlock(RAW, piece) } end
    result:extend(kind == 'Inlines' and { pandoc.Plain(piece) } or piece)
  end
  return result
end

local function markdown(text)
  return pandoc.utils.blocks_to_inlines(pandoc.read(text, 'markdown').blocks)
end

-- Claims and solutions --------------------------------------------------------------------------

local function has_class(block, class)
  return block.t == 'Div' and block.classes:includes(class)
end

--- Where the claim holds, and the judgement of what the source says.
local function scope(attributes)
  local told = markdown(attributes.domain)
  if attributes.source then told:extend(markdown('; the source *' .. attributes.source .. '*')) end
  return told
end

local function claim(div)
  local verdict, statement = div.attributes.verdict, div.content[1].content
  local row, sign = div.identifier:gsub('^claim', 'row'), SIGNS[verdict]
  if TYPST then
    return blocks('#claim("' .. verdict .. '", "' .. sign .. '", <' .. row .. '>, [',
      scope(div.attributes), '])[', statement, '] <' .. div.identifier .. '>')
  end
  local name = row:gsub('^row%-', '')
  local anchor = pandoc.Link(name, '#' .. div.identifier, '', { class = 'anchor' })
  return blocks('<div class="claim ' .. verdict .. '" id="' .. div.identifier .. '">\n' ..
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
      result:extend(blocks(is_claim and start or (TYPST and ']' or '</div>')))
      open = is_claim
    end
    result:extend(is_claim and claim(block) or { block })
  end
  if open then result:extend(blocks(TYPST and ']' or '</div>')) end
  return result
end

--- A claim in the list of all: the page has a class for it.
local function row(div)
  if not (TYPST and div.classes:includes 'claim-row') then return end
  return blocks('#claim-row[', div.content, '] <' .. div.identifier .. '>')
end

local function solution(div)
  if not div.classes:includes 'solution' then return end
  if TYPST then
    if div.content[1].t ~= 'Para' then div.content:insert(1, pandoc.Para {}) end
    div.content[1].content:insert(1, raw '#emph[Solution.] ')
    return div.content
  end
  return blocks('<details class="solution">\n<summary>Solution</summary>', div.content, '</details>')
end

-- Where things come from -----------------------------------------------------------------------

local origins = {}   -- file of a figure -> Inlines

local function collect_origins(document)
  return document:walk {
    Div = function(div)
      if not div.classes:includes 'origin' then return end
      local open, close = '<span class="origin">', '</span>'
      if TYPST then open, close = '#origin[', ']' end
      local inlines = pandoc.utils.blocks_to_inlines(div.content)
      inlines:insert(1, raw(open))
      inlines:insert(raw(close))
      origins[div.attributes.figure] = inlines
      return {}
    end,
  }
end

--- The csv is in the link itself: a click saves it.
local function saved(link)
  local file = link.attributes.download
  if not file then return end
  if TYPST then return link.content end
  return raw('<a download="' .. file .. '" href="' .. link.target .. '">' .. file .. '</a>')
end

local function with_origin(figure)
  local caption = figure.caption.long
  figure:walk {
    Image = function(image)
      local origin = origins[image.src]
      if origin then caption[#caption].content:extend(origin) end
    end,
  }
  figure.caption = { long = caption }
  return figure
end

local function number(span)
  if not span.classes:includes 'from' then return end
  if TYPST then return span.content end
  span.attributes.title, span.attributes.file = 'from ' .. span.attributes.file, nil
  return span
end

return {
  { Blocks = claims, Div = function(div) return row(div) or solution(div) end },
  { Link = saved },
  { Pandoc = collect_origins },
  { Figure = with_origin, Span = number },
}
