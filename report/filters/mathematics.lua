--[[
What Pandoc's mathematics lacks, in either format.

html: `\mathbf{x}` comes out bold and slanted; it is upright, as in TeX and in the pdf.
typst: Typst sets a gap after words and around bars that are written with spaces, which Pandoc
does; `ReLU(x)` and `|x|` are closed up. Pandoc also knows some signs by names that Typst has
since changed.
]]

local TYPST = FORMAT:match 'typst' ~= nil

-- From the bold italic letters of Unicode to the bold upright ones.
local LATIN, GREEK = 0x1D468 - 0x1D400, 0x1D71C - 0x1D6A8
local FIRST_GREEK = 0x1D71C

local function upright(letter)
  local code = utf8.codepoint(letter)
  return utf8.char(code - (code < FIRST_GREEK and LATIN or GREEK))
end

local function written(math, format)
  local options = { html_math_method = 'mathml', wrap_text = 'none' }
  return pandoc.write(pandoc.Pandoc { pandoc.Plain { math } }, format, options)
end

local function to_html(math)
  local pattern = '<mi mathvariant="bold%-italic">(.-)</mi>'
  local mathml = written(math, 'html'):gsub(pattern, function(letter)
    return '<mi mathvariant="bold">' .. upright(letter) .. '</mi>'
  end)
  return pandoc.RawInline('html', mathml)
end

--- Bars are written alike left and right; where their number is even, they come in pairs.
local function pair_bars(typst)
  local _, bars = typst:gsub('\\|', '')
  return bars % 2 == 0 and typst:gsub('\\| (.-) \\|', 'lr(|%1|)') or typst
end

local function to_typst(math)
  local typst = pair_bars(written(math, 'typst')):gsub('(%l)%.circle', '%1.o')
  typst = typst:gsub('upright(%("%a+"%))( \\?%()', 'op%1%2'):gsub('("%a+")( \\?%()', 'op(%1)%2')
  typst = typst:gsub('" *([^"]-) *"', '"%1"'):gsub('("%)*) ([.,;])', '%1%2')
  return pandoc.RawInline('typst', typst)
end

return { { Math = TYPST and to_typst or to_html } }
