"""Claims that solve the chapter's exercises."""

from itertools import product

import sympy

from answerbook.claims.algebra import derive
from answerbook.claims.claim import Claim, Finding, derived, together
from answerbook.claims.solver import prove, vector, z3


def claims() -> list[Claim]:
    """The claims in the order of the exercises."""
    return [
        Claim(
            "e2-1-input",
            r"$\partial\mathcal{L}/\partial\mathbf{x}=\mathbf{W}^\top"
            r"\operatorname{diag}(\Theta(\mathbf{y}))(\mathbf{I}+\mathbf{W}^\top)\mathbf{v}$.",
            lambda: derived("eq-input-gradient", input_gradient()),
            domain="all $d$, where no $y_i$ is 0",
        ),
        Claim(
            "e2-2-harmless",
            r"$v_iu_i=v_iu_j$ for all $i$ and $j$ exactly when $\mathbf{v}=\mathbf{0}$ or all"
            r" entries of $\mathbf{u}$ are equal.",
            lambda: derived("eq-harmless", *map(harmless, (2, 3))),
            domain="all $d$",
        ),
        Claim(
            "e2-3-differentiable",
            r"For $d=1$ the loss is differentiable everywhere. For $\mathbf{W}=\begin{pmatrix}1&-1"
            r"\\0&1\end{pmatrix}$ and $\mathbf{x}=(1,1)$ its derivatives with respect to $W_{11}$"
            " are 0 on the left and $-2$ on the right.",
            lambda: together(differentiable_in_one_dimension(), one_sided_derivatives()),
            domain=r"all real $W$ and $x$ at $d=1$; the stated $\mathbf{W}$ and $\mathbf{x}$",
        ),
    ]


def input_gradient() -> Finding:
    """In dimensions 2 and 3, for each pattern of signs of y, on which u = Θ(y) ⊙ W x."""
    steps = {}
    for d in (2, 3):
        weight = sympy.Matrix(d, d, sympy.symbols(f"w:{d * d}", real=True))
        x = sympy.Matrix(sympy.symbols(f"x:{d}", real=True))
        differences = []
        for step in map(lambda signs: sympy.diag(*signs), product((0, 1), repeat=d)):
            u = step * weight * x
            v = u + weight * u
            ours = weight.T * step * (v + weight.T * v)
            differences += [((v.dot(v) / 2).diff(x[j]) - ours[j]).expand() for j in range(d)]
        steps[f"each entry and pattern of signs at $d={d}$"] = not any(differences)
    return derive(steps)


def harmless(d: int) -> Finding:
    """For all real u and v of dimension d."""
    u, v = vector(*(f"u_{i}" for i in range(d))), vector(*(f"v_{i}" for i in range(d)))
    same = z3.And(*(v[i] * u[i] == v[i] * u[j] for i, j in product(range(d), repeat=2)))
    equal = z3.And(*(entry == u[0] for entry in u))
    return prove(same == z3.Or(z3.And(*(entry == 0 for entry in v)), equal), f"at $d={d}$")


def differentiable_in_one_dimension() -> Finding:
    """L = ½ relu(wx)²(1 + w)²: where wx = 0, both one-sided derivatives by w are 0."""
    w, x = sympy.symbols("w x", real=True)
    active = (w * x * (1 + w)) ** 2 / 2
    slope = active.diff(w)
    return derive(
        {
            r"at $d=1$ the slope of the active side is 0 where $wx=0$": (
                slope.subs(w, 0) == 0 and slope.subs(x, 0) == 0
            )
        }
    )


def one_sided_derivatives() -> Finding:
    """The difference quotients of L by W₁₁ at the stated W and x, from either side."""
    h = sympy.Symbol("h", positive=True)

    def loss(step: sympy.Expr) -> sympy.Expr:
        weight = sympy.Matrix([[1 + step, -1], [0, 1]])
        u = (weight * sympy.Matrix([1, 1])).applyfunc(lambda y: sympy.Max(0, y))
        v = u + weight * u
        return v.dot(v) / 2

    left, right = (sympy.limit((loss(s * h) - loss(0 * h)) / (s * h), h, 0) for s in (-1, 1))
    return derive(
        {
            "at the stated point the left derivative is 0": left == 0,
            "the right one is $-2$": right == -2,
        }
    )
