# The sheet that says how the numbers were made: a subject, and what is said of it.

## Period

method-window-subject = Period
method-window = { $window } ({ $id }), { $days }; days of Viet Nam time.
method-free-window = A free period, { $days }; days of Viet Nam time.

## Boundaries

method-edition-subject = Boundaries
method-edition = { $boundaries } (edition { $id }), level: { $level }. A code means nothing outside its edition.

## Incidents counted

method-incidents-subject = Incidents counted
method-incidents = { $categories }; severity from "{ $least }" upwards.
method-all-categories = all categories but those found by police work

## Rules

method-rules-subject = Rules
method-rules = Scheme: { $scheme } ({ $id }), version { $version }, hash { $hash }; general rules version { $rules_version }, hash { $rules_hash }.
method-grades = Grades: A up to { $a }, B up to { $b }, C up to { $c }, D up to { $d }, E above { $d } times the common level; a letter is given where its probability is { $least } or more, else the range.

## Limits

method-limits-subject = Limits
method-limits-of-rates = Rates: exact Poisson limits, { $level } % (Garwood 1936).
method-limits-of-risks = Relative risk: median and { $interval } % interval of the gamma posterior (Marshall 1991); below a reliability of { $reliability } no letter is given.

## What is hidden

method-hidden-subject = What is hidden
method-internal = Internal: it holds small counts and is not for publication.
method-hidden = An empty cell is not published, so that nobody can be recognised: counts of 1 to { $most }, counts that with others would give these away, and what follows from them; relative risks and grades below { $least_weighted } incidents.
method-basis-published = Smoothed rates, relative risks, grades, trends and the common level are computed from published counts alone, every incident counting the same whatever its severity; areas whose count is not published are in none of it.
method-never-below-district = Never shown below district: { $categories }.

## Steps of time

method-steps-subject = Steps of time
method-steps-weeks = Weeks run from Monday to Sunday.
method-steps-years = A "year" is a year of statistics, from { $first } to { $last } (day/month).
method-steps-cut = The period may cut the first and the last step: their rates hold, their counts cannot be held against whole steps.

## Sources

method-release-subject = Release
method-release = { $release }: the numbers stay as they were released; reports that come later enter only the windows of later releases.
method-sources-subject = Sources
method-source-sample = { $dataset }: the sample that comes with the program
method-source-imported = { $dataset }: imported by the operator
method-sources = { $list }. Epoch { $epoch }; Bình Yên { $program }.
method-dataset-boundaries = Boundaries
method-dataset-population = Residents
method-dataset-incidents = Incidents
method-dataset-models = Community models
method-dataset-certifications = Certifications

## Notes that are the same for every workbook

note-sample-subject = Sample
note-sample = The numbers of this file come from a made-up sample; they are not real.
note-denominators-subject = Denominators
note-denominators = Residents at the middle of the period ({ $base }); person-years = residents × years of the period (365.25 days each). Without residents there is no rate.
note-detected-subject = Found by police work
note-detected = Drugs, smuggling, pollution: their number tells how much was looked for, so they are no part of count, rate and grade unless they are asked for by name; they are counted beside.
note-without-point-subject = Incidents without a point
note-without-point = An incident known by its commune alone counts in that commune and is never given a point on the map; those known by a district or the province alone, those outside the area and those without any place are counted apart.

## Notes of clusters

note-found-subject = Found
note-most-likely-subject = Most likely cluster, not beyond chance
note-clusters-subject = How clusters are found

## The account of incidents, which must add up

method-account-subject = Account of incidents
method-account = { $incidents } incidents = { $terms }.
method-account-of-which = { $incidents } incidents, of which { $terms }.
method-account-part = Too little is published to add up to the total; published are { $terms }.
method-account-none = Not published.
account-with-point = { $count } with a point
account-by-commune = { $count } known by commune only
account-by-wider-area = { $count } known by district or province only
account-outside = { $count } outside the area
account-unplaced = { $count } without any place
account-district-only = { $count } shown from the district up only

## Notes of comparisons

note-ratio-subject = Ratio of two rates
note-ratio = Exact conditional limits (Clopper and Pearson 1934; Breslow and Day 1987); p exact, conditional, two-sided (Przyborowski and Wilenski 1940); q by Benjamini and Hochberg 1995 over all that is compared at once.
note-finding-subject = Finding
note-finding = "Clearly" where the limits exclude 1 and q ≤ 0.05. "Not clearly different" does not mean equal. Areas are not ranked, because a rank without its interval misleads. The numbers do not say what the cause is.
note-order-of-periods-subject = Order of the periods
note-order-of-periods = Ratio and difference are those of the second period against the first; each rate has the person-years of its own period.
note-left-out-subject = The group
note-left-out = The other areas of the group on the same level, pooled; the area itself is left out, so that it is not compared with itself.
