"""How the figures draw networks of each depth: the same line for the same depth everywhere."""

from answerbook.drawing.style import BLACK, BLUE, GREEN, ORANGE, PURPLE, VERMILION

DEPTH_STYLES = {
    2: {"color": BLACK, "linewidth": 2.2},
    3: {"color": BLUE, "linestyle": "-"},
    4: {"color": VERMILION, "linestyle": (0, (6, 1.5))},
    5: {"color": GREEN, "linestyle": (0, (3, 1.5))},
    6: {"color": PURPLE, "linestyle": (0, (5, 1.5, 1, 1.5))},
    7: {"color": ORANGE, "linestyle": (0, (1, 1.2))},
}
