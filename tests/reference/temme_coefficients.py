"""Prints the coefficients of Temme's uniform expansion for `src/statistics/gamma_uniform.rs`, made with exact fractions.

    python3 tests/reference/temme_coefficients.py

With eta^2/2 = mu - ln(1 + mu): mu as a power series in eta follows from mu mu' = eta (1 + mu), and from it
c0 = 1/mu - 1/eta, ck = c(k-1)'/eta + (-1)^k gk/mu (DLMF 8.12.8 to 8.12.11), where gk is (2k + 1)!! times the
coefficient of eta^(2k + 1) in mu. Nothing is read or written.
"""

from fractions import Fraction

POWERS, TERMS, LENGTH = 22, 8, 48


def middle(length):
    """The coefficients of mu."""
    mu = [Fraction(0), Fraction(1)]
    for n in range(2, length + 1):
        inner = sum(mu[i] * (n + 1 - i) * mu[n + 1 - i] for i in range(2, n))
        mu.append((mu[n - 1] - inner) / (n + 1))
    return mu


def first(mu):
    """The coefficients of 1/mu - 1/eta."""
    series = mu[1:]
    inverse = [Fraction(1)]
    for n in range(1, len(series)):
        inverse.append(-sum(series[i] * inverse[n - i] for i in range(1, n + 1)))
    return inverse[1:]


def stirling(mu, k):
    double_factorial = Fraction(1)
    for odd in range(1, 2 * k + 2, 2):
        double_factorial *= odd
    return double_factorial * mu[2 * k + 1]


def table():
    mu = middle(LENGTH)
    columns = [first(mu)]
    for k in range(1, TERMS):
        before, g = columns[-1], (-1) ** k * stirling(mu, k)
        columns.append([(n + 2) * before[n + 2] + g * columns[0][n] for n in range(len(before) - 2)])
    return [[columns[k][n] if n < POWERS - 2 * k else Fraction(0) for k in range(TERMS)] for n in range(POWERS)]


for row in table():
    print("    [" + ", ".join(repr(float(coefficient)) for coefficient in row) + "],")
