"""Colours and kinds of lines, the same for the same thing in every figure."""

# Okabe and Ito's colours: told apart by the colour-blind, and of differing lightness.
BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#6E6E6E"  # for what the data are held against

# Kinds of lines, by the points that are drawn and left out in turn.
DASHES = (0, (5, 2))
CLOSE_DASHES = (0, (5, 1.5))
SHORT_DASHES = (0, (4, 2))
WIDE_DASHES = (0, (4, 3))
DOTS = (0, (1, 1.5))

# Networks, by the number of their layers.
DEPTH_STYLES = {
    2: {"color": BLACK, "linewidth": 2.2},
    3: {"color": BLUE, "linestyle": "-"},
    4: {"color": VERMILION, "linestyle": (0, (6, 1.5))},
    5: {"color": GREEN, "linestyle": (0, (3, 1.5))},
    6: {"color": PURPLE, "linestyle": (0, (5, 1.5, 1, 1.5))},
    7: {"color": ORANGE, "linestyle": (0, (1, 1.2))},
}
