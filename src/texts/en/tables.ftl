# Titles, headings and notes of exported tables.

## Titles of workbooks

title-ratings = Safety ratings by area
title-clusters = Clusters above the common level
title-explanation = Why { $name } has its grade
title-series = Counts and rates over time
title-beside = Areas compared
title-two-periods = Two periods compared
title-against = An area compared with a group

## Names of sheets: a spreadsheet allows them 31 characters

sheet-ratings = Ratings
sheet-clusters = Clusters
sheet-numbers = Every number
sheet-classes = Classes
sheet-series = Over time
sheet-pairs = Pairs
sheet-areas = Areas
sheet-two-periods = Two periods
sheet-against = Against a group
sheet-method = Method

## Headings: what a row is about

column-code = Code
column-name = Name
column-first-code = First code
column-first-name = First area
column-second-code = Second code
column-second-name = Second area
column-group = Group
column-group-areas = Other areas of the group
column-partial = Partial
column-item = Quantity
column-component = Component
column-severity = Severity
column-value = Value
column-words = In words

## Headings: what is measured in an area and a period

column-from = From
column-to = Before
column-incidents = Incidents
column-residents = Residents
column-person-years = Person-years
column-rate = Rate (per 100,000 person-years)
column-rate-low = Rate, lower 95 % limit
column-rate-high = Rate, upper 95 % limit

## The same headings for one of two sides

column-of-first-period = { $heading }, first period
column-of-second-period = { $heading }, second period
column-of-area = { $heading }, area
column-of-other-areas = { $heading }, other areas

## Headings: the difference of two rates

column-rate-difference = Rate difference
column-rate-ratio = Rate ratio
column-ratio-low = Ratio, lower { $level } % limit
column-ratio-high = Ratio, upper { $level } % limit
column-p = p
column-q = q (over all comparisons)
column-finding = Finding

## Headings: clusters

column-cluster = Cluster
column-centre = Code of the area at the centre
column-centre-name = Area at the centre
column-areas = Areas
column-codes = Codes of the areas, from the centre outwards
column-names = The areas, from the centre outwards
column-expected = Expected at the common rate
column-relative-risk = Rate inside over rate outside
column-axis-ratio = Long axis over short axis
column-axis-degrees = Direction of the long axis (degrees from east to north)
column-log-likelihood-ratio = Logarithm of the likelihood ratio
column-statistic = Statistic less the penalty of an ellipse
column-gumbel-p = p by a Gumbel distribution

## Lines of an explanation

item-area = Area
item-sentence = Conclusion
item-grade = Grade
item-grade-best = Best likely grade
item-grade-worst = Worst likely grade
item-population = Residents
item-years = Years of the period
item-person-years = Person-years
item-observed = Incidents observed
item-detected = Incidents found by police work
item-expected = Incidents at the common rate
item-unweighted-ratio = Unweighted ratio
item-unweighted-low = Unweighted ratio, lower 95 % limit
item-unweighted-high = Unweighted ratio, upper 95 % limit
item-score = Weighted score S
item-expected-score = Expected score S_E
item-raw-ratio = Raw ratio S/S_E
item-dispersion = Dispersion φ
item-effective-count = Effective count S/φ
item-effective-expected = Effective expectation S_E/φ
item-prior-mean = Prior mean b
item-prior-variance = Prior variance a
item-posterior-shape = Gamma posterior, shape
item-posterior-rate = Gamma posterior, rate
item-ratio = Relative risk, median
item-ratio-low = Relative risk, lower end
item-ratio-high = Relative risk, upper end
item-interval = Probability inside the interval
item-prob-above-1 = Probability of lying above the common level
item-prob-letter = Probability of the grade
item-min-letter-probability = Least probability of a letter
item-reliability = Reliability
item-min-reliability = Least reliability
item-band-a = Upper bound of A
item-band-b = Upper bound of B
item-band-c = Upper bound of C
item-band-d = Upper bound of D

## Numbers of a class of incidents, as lines and as headings

class-weight = Weight
class-exposure = Exposure (person-years or km-years)
class-rate-per-person-year = Common rate (per person-year)
class-rate-per-km-year = Common rate (per km-year)
class-observed = Observed
class-expected = Expected
class-contribution = Part of the ratio less 1
