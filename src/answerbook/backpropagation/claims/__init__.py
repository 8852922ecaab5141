"""The claims of chapter 2, and those of Question 10: gradients derived by hand.

They read `gradients`, the table of gradients.csv: each quantity's distance from both referees.
"""

from answerbook.backpropagation.claims import derivation, layer_gradients
from answerbook.claims.claim import claims_of

CLAIMS = claims_of(derivation, layer_gradients)
