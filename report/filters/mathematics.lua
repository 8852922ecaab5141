--[[
What Pandoc's mathematics lacks, in either format.

html: `\mathbf{x}` comes out bold and slanted, and `2 \ln k` without its spaces, and a prime floats;
all are as in TeX and in the pdf. A browser breaks no formula, so a long one is written in parts.
typst: Typst sets a gap after words and around bars that are written with spaces, which Pandoc
does; `ReLU(x)` and `|x|` are closed up. Pandoc also knows some signs by names that Typst has
since changed. Who cannot see a formula is told its source in TeX.
]]

local TYPST = FORMAT:match 'typst' ~= nil

-- From the bold italic letters of Unicode to the bold upright ones.
local LATIN, GREEK = 0x1D468 - 0x1D400, 0x1D71C - 0x1D6A8
local FIRST_GREEK = 0x1D71C

-- Names of Typst's signs that Pandoc writes, and those of today.
local RENAMED = {
  ['%.circle'] = '.o', ['%f[%a]sect%f[%A]'] = 'inter', ['tack%.r%.double'] = 'tack.rr',
  ['([lg]t)%.tri'] = '%1.closed',
}

local function upright(letter)
  local code = utf8.codepoint(letter)
  return utf8.char(code - (code < FIRST_GREEK and LATIN or GREEK))
end

local function written(math, format)
  local options = { html_math_method = 'mathml', wrap_text = 'none' }
  return pandoc.write(pandoc.Pandoc { pandoc.Plain { math } }, format, options)
end

--- Whether what comes before a function's name is set off from it: no operator, no bracket.
local function set_off_before(mathml)
  mathml = mathml:gsub('<m[rs][ou][wpb]>$', ''):gsub('<m[rs][ou][wpb]>$', '')
  if mathml:match '/>$' or mathml:match '/></mrow>$' then return false end
  return mathml:match '</m%a+>$' ~= nil and mathml:match '</mo>$' == nil
    or mathml:match '%)</mo>$' ~= nil
end

--- Whether what comes after it is: again no bracket, and no exponent of the function.
local function set_off_after(mathml, is_base)
  if is_base then return false end
  mathml = mathml:gsub('^</mrow>', ''):gsub('^<mrow>', '')
  return mathml:match '^<m%a' ~= nil and not mathml:match '^<mo' and not mathml:match '^<mspace'
end

--- Thin spaces around the names of functions, as in TeX.
local function space_functions(mathml)
  local thin, done, start = '<mspace width="0.167em"/>', '', 1
  while true do
    local first, last = mathml:find('<mi mathvariant="normal">%a%a+</mi>', start)
    if not first then return done .. mathml:sub(start) end
    local _, application = mathml:find('^<mo>&#8289;</mo>', last + 1)
    last = application or last
    done = done .. mathml:sub(start, first - 1)
    local is_base = done:match '<msu[pb]><mrow>$' ~= nil
    local before = set_off_before(done) and thin or ''
    local after = set_off_after(mathml:sub(last + 1), is_base) and thin or ''
    done = done .. before .. mathml:sub(first, last) .. after
    start = last + 1
  end
end

--- A prime is drawn raised and small already: it stands beside its letter, not as an exponent.
local function lower_primes(mathml)
  for _, prime in ipairs { '′', '″', '‴' } do
    local exponent = '<msup>(<m[in][^>]*>[^<]*</m[in]>)<m[io]>' .. prime .. '</m[io]></msup>'
    local beside = '<mrow>%1<mo form="postfix" lspace="0" rspace="0">' .. prime .. '</mo></mrow>'
    mathml = mathml:gsub(exponent, beside)
  end
  return mathml
end

local function mathml_of(math)
  local pattern = '<mi mathvariant="bold%-italic">(.-)</mi>'
  local mathml = written(math, 'html'):gsub(pattern, function(letter)
    return '<mi mathvariant="bold">' .. upright(letter) .. '</mi>'
  end)
  return lower_primes(space_functions(mathml):gsub('<mo>%*</mo>', '<mo>∗</mo>'))
end

-- Signs between which a formula may break, and those within which it may not.
local RELATIONS = pandoc.List {
  '=', '<', '>', '\\le', '\\ge', '\\ne', '\\approx', '\\sim', '\\mapsto', '\\to', '\\iff',
}
local OPENING = pandoc.List { '{', '(', '[', '\\{', '\\left', '\\begin', '\\lfloor', '\\lceil' }
local CLOSING = pandoc.List { '}', ')', ']', '\\}', '\\right', '\\end', '\\rfloor', '\\rceil' }
local LONG = 40   -- characters of TeX

--- The parts of a formula, between which it may break: if it is long, at its relations; if it is
--- displayed, also at a space of \quad or \qquad, which is a part of its own.
local function parts(tex, displayed)
  local result, start, at, depth = pandoc.List {}, 1, 1, 0
  local function cut(stop)
    if tex:sub(start, stop - 1):match '%S' then result:insert(tex:sub(start, stop - 1)) end
    start = stop
  end
  while at <= #tex do
    local token = tex:match('^\\%a+', at) or tex:match('^\\.', at) or tex:sub(at, at)
    local after = at + #token
    if OPENING:includes(token) then depth = depth + 1 end
    if CLOSING:includes(token) then depth = depth - 1 end
    local gap = displayed and token:match '^\\q+uad$'
    local relation = #tex > LONG and RELATIONS:includes(token)
    if depth == 0 and (gap or relation and displayed) then cut(at) end
    if depth == 0 and (gap or relation and not displayed) then cut(after) end
    at = after
  end
  cut(at)
  return depth == 0 and result or pandoc.List { tex }
end

local function to_html(math)
  local displayed = math.mathtype == 'DisplayMath'
  local pieces = parts(math.text, displayed)
  if #pieces < 2 then return pandoc.RawInline('html', mathml_of(math)) end
  local lines, line = pandoc.Inlines {}, pandoc.Inlines {}
  for _, piece in ipairs(pieces) do
    if piece:match '^\\q+uad$' then
      lines:insert(pandoc.Span(line, { class = 'group' }))
      lines:insert(pandoc.RawInline('html', '<span class="gap"> </span>'))
      line = pandoc.Inlines {}
    else
      local html = mathml_of(pandoc.Math('InlineMath', piece))
      if displayed then html = html:gsub('<math ', '<math displaystyle="true" ', 1) end
      if #line > 0 then line:insert(pandoc.RawInline('html', '<wbr>')) end
      line:insert(pandoc.RawInline('html', html))
    end
  end
  if not displayed then return line end
  lines:insert(pandoc.Span(line, { class = 'group' }))
  return pandoc.Span(lines, { class = 'parts' })
end

--- Keeps a formula and the punctuation after it on one line, which browsers do not.
local function keep_punctuation(inlines)
  for index = #inlines - 1, 1, -1 do
    local formula, after = inlines[index], inlines[index + 1]
    if formula.t == 'RawInline' and formula.text:match '^<math' and after.t == 'Str' then
      local marks, rest = after.text:match '^([,.;:!?)]+)(.*)$'
      if marks then
        inlines[index] = pandoc.Span({ formula, pandoc.Str(marks) }, { class = 'together' })
        inlines[index + 1] = pandoc.Str(rest)
      end
    end
  end
  return inlines
end

--- Bars are written alike left and right; where their number is even, they come in pairs.
local function pair_bars(typst)
  local _, bars = typst:gsub('\\|', '')
  return bars % 2 == 0 and typst:gsub('\\| (.-) \\|', 'lr(|%1|)') or typst
end

local function rename(typst)
  for old, new in pairs(RENAMED) do typst = typst:gsub(old, new) end
  return typst
end

local function to_typst(math)
  local typst = rename(pair_bars(written(math, 'typst')))
  typst = typst:gsub('upright(%("%a+"%))( \\?%()', 'op%1%2'):gsub('("%a+")( \\?%()', 'op(%1)%2')
  typst = typst:gsub('" *([^"]-) *"', '"%1"'):gsub('("%)*) ([.,;])', '%1%2')
  local source = math.text:gsub('%s+', ' '):gsub('^ ', ''):gsub(' $', ''):gsub('[\\"]', '\\%0')
  return pandoc.RawInline('typst', '#formula("' .. source .. '", ' .. typst .. ');')
end

return TYPST and { { Math = to_typst } } or { { Math = to_html, Inlines = keep_punctuation } }
