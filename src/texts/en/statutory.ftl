# The statutory reading: criteria, evidence, verdicts.
