"""The colours and kinds of lines of the book, and what each means, in every figure alike."""

# Okabe and Ito's colours, told apart by the colour-blind, but for their two palest, and three that
# are darker: of differing lightness, and a line in any stands out from white by 3 : 1 or more.
BLACK = "#000000"
OCHRE = "#B38600"
GREEN = "#009E73"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
INDIGO = "#4B3A8F"
WINE = "#7A1F3D"
BROWN = "#7A4B12"
GREY = "#6E6E6E"

# A text needs 4.5 : 1. These are the accents of the page.
_INKS = {OCHRE: "#8A6D00", GREEN: "#00795A", VERMILION: "#B34700", PURPLE: "#A6306E"}


def ink(colour: str) -> str:
    """The colour in which a text is written that names what is drawn in the given one."""
    return _INKS.get(colour, colour)


# Kinds of lines, by the points that are drawn and left out in turn.
DASHES = (0, (5, 2))
CLOSE_DASHES = (0, (5, 1.5))
SHORT_DASHES = (0, (4, 2))
WIDE_DASHES = (0, (4, 3))
DOTS = (0, (1, 1.5))

# Functions and networks of few inputs: blue is the one in question, and of units the first; black
# is what is made of them, and grey what it is held against.
RELU = FIRST_UNIT = {"color": BLUE}
SECOND_UNIT = {"color": OCHRE, "linestyle": DASHES}
TANH = {"color": WINE, "linestyle": DASHES}
OF_THE_SOURCE = {"color": BLACK, "linestyle": SHORT_DASHES, "linewidth": 1}
BUILT = GREEN  # networks whose weights were chosen
RANDOM = GREY  # networks whose weights were drawn
MARKED = VERMILION  # the place to look at: a kink, a cut, a path, a mistake

# Networks by the number of their layers, which is ordered, and so are these: from dark to light.
DEPTH_STYLES = {
    2: {"color": BLACK, "linewidth": 2.2},
    3: {"color": "#2D1160", "linestyle": "-"},
    4: {"color": "#6A1B7B", "linestyle": (0, (6, 1.5))},
    5: {"color": "#A52C71", "linestyle": (0, (3, 1.5))},
    6: {"color": "#D64A5A", "linestyle": (0, (5, 1.5, 1, 1.5))},
    7: {"color": "#E9713B", "linestyle": (0, (1, 1.2))},
}

# Networks of images, by their experiment; the page has the same for its live curves.
EXPERIMENTS = {
    "untrained": RANDOM,
    "baseline": BLUE,
    "interpolating": GREEN,
    "augmented": VERMILION,
    "higher_rate": OCHRE,
    "momentum": INDIGO,
    "wider": PURPLE,
    "deeper": BLACK,
    "convolutional": WINE,
    "random_labels": BROWN,
    "random_labels_start": BROWN,
}
# What is measured of one network is told by the kind of line, not by colour.
TRAINING = {"linewidth": 1.3}
VALIDATION = {"linewidth": 1.3, "linestyle": CLOSE_DASHES}
RUNNING = {"linewidth": 0.9, "linestyle": DOTS}
