# Titles and legends of map images. What the page says too (web/src/i18n) reads the same there.

## Themes: what the image shows, and what the colours mean, with the denominator

theme-grade-title = Safety grades
theme-grade = Grades A–E: incidents per resident, severe ones counting more and areas with few residents drawn towards the common level; against the common level of all areas.
theme-grade-public = Grades A–E: incidents per resident, areas with few residents drawn towards the common level; against the common level of all areas; every incident counts the same.
theme-statutory-title = The standard “Safe in security and order”
theme-statutory = The standard “Safe in security and order”, by the official decision.
theme-rate-title = Incident rate
theme-rate = Rate adjusted for areas with few residents: incidents per 100,000 residents a year.
theme-count-title = Number of incidents
theme-count = Incidents with a point or known by commune only; the area of a circle is proportional to their number.
theme-density-title = Density of community models
theme-density = Active community models per 10,000 residents.
theme-certified-title = Residential areas recognised as safe
theme-certified = Share of residential areas recognised as “Safe in security and order”.
theme-movement-title = Grade of the movement “All people protect national security”
theme-movement = Grade of the movement “All people protect national security” of a commune or ward, by the yearly decision.
theme-clusters-title = Clusters above the common level
theme-clusters = Clusters above the common level: areas near one another that together have more incidents than their residents lead to expect, beyond chance.

## Codes of attributes

legend-statutory-met = Met
legend-statutory-not-met = Not met
legend-statutory-insufficient = Not enough evidence
legend-no-population = No residents known
legend-not-covered = Incidents not known on every day
legend-no-exposure = Nothing to divide by known
legend-movement-excellent = Excellent
legend-movement-good = Good
legend-movement-average = Average
legend-movement-weak = Weak
legend-trend-up = Clearly up
legend-trend-down = Clearly down
legend-trend-equal = Not clearly different
legend-check-agrees = Agrees with the decision
legend-check-disagrees = Differs from the decision

## Other rows and notes of legends

legend-unclear = Not clearly different from the common level
legend-range = No clear letter: both ends
legend-range-note = “B–C”: { $words }.
legend-insufficient = Not enough data
legend-suppressed = Not published (small number)
legend-no-data = No data
legend-empty = There is nothing to show in this layer here.
legend-outside-clusters = Outside the clusters
legend-unsure = Less reliable data (below { $value })
legend-disagrees = Dashed line: our check differs from the decision
legend-times = Times the common level
legend-greyer = The greyer, the less reliable.

## Marks of an image

image-sample = Sample data
image-internal = Internal, not for publication

## The line below the title

image-free-period = A free period
image-communes = { $count } communes and wards
image-districts = { $count } districts
image-counted = Counted only: { $parts }
image-categories = { $count } kinds of incident
image-severity-from = severity from “{ $least }”

## The verdict on an area

image-grade = grade { $grade }
image-grade-open = grade within { $best }–{ $worst }
image-grade-range = grade { $grade }, possibly { $best } to { $worst }

## Where the numbers and the lines come from

image-sources = Source: { $source }. Boundaries: { $boundaries } ({ $edition }). Rule file: { $scheme } { $version } · { $hash }.
image-source-sample = Bình Yên – made-up sample, not real data
image-source-with-map = { $source }; base map: { $maps }
image-release = { $release }.
