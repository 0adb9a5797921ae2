# The statutory reading: what is found about a criterion, and the evidence beside it.

## A criterion

statutory-met = met
statutory-not-met = not met
statutory-no-data = no data
statutory-not-applicable = not applicable

## The incidents of a window and of the one before

statutory-change-within-chance = Incidents: { $now }, in the window before { $before }: within chance (p = { $p }).
statutory-change-down = Incidents: { $now }, in the window before { $before }: clearly down (p = { $p }).
statutory-change-up = Incidents: { $now }, in the window before { $before }: clearly up (p = { $p }).
