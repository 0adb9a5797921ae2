# Sheets of areas: a PDF with a page for each. What the page says too (web/src/i18n) reads the same there.

## The file and its first pages

sheets-title = Area sheets: { $where }
sheets-list = Areas
sheets-list-more = Areas (continued)
sheets-page = Page { $page }/{ $pages }
sheets-dated = Drawn up on { $day }
sheets-data-version = data version { $epoch }
sheets-internal-hint = Holds unpublished numbers; not for circulation.

## Who the area is

sheet-code = code { $code }
sheet-within = in { $name }
sheet-peers = kind of place: { $peers }
sheet-population = { $count ->
    [one] { $count } resident
   *[other] { $count } residents
}
sheet-area-km2 = { $area } km²
sheet-former = Made of the former { $list }.
sheet-former-one = Formerly { $list }.
sheet-locator = Where it lies in { $where }
sheet-locator-caption = Where it lies
sheet-map = Map of the grades of { $name } and its neighbours
sheet-map-caption = Grades of the neighbouring areas
sheet-letter = Grade of { $name }: { $grade }

## How far the data can be relied upon

sheet-reliability = { $words } ({ $value }; graded from { $needed }).
sheet-reliability-low = The data are not very reliable
sheet-reliability-middle = The data are fairly reliable
sheet-reliability-high = The data are reliable enough

## Counts

sheet-recorded = Recorded
sheet-expected = At the common level
sheet-ratio = Ratio
sheet-incidents = incidents
sheet-limits = { $level } % limits { $low } to { $high }
sheet-hidden = not published
sheet-none = none yet
sheet-hidden-count = The number of incidents is not published: it is small, or a small number elsewhere could be worked out from it.

## The chain from the count to the letter

sheet-chain = From the count to the grade
sheet-chain-expected = At the common level
sheet-chain-recorded = Recorded
sheet-chain-weighted = Weighted by severity
sheet-chain-smoothed = Adjusted
sheet-chain-letter = Grade
sheet-chain-incidents = { $n } incidents
sheet-chain-times = { $ratio } times the common level
sheet-chain-expected-note = Incidents if this place were like the common level.
sheet-chain-recorded-note = Every incident counts the same.
sheet-chain-weighted-note = Grave incidents count more points; kinds that are not graded are left out:
sheet-chain-rated-note = Every incident still counts the same; kinds that are not graded are left out:
sheet-chain-points = { $score } points, at the common level { $expected }.
sheet-chain-therefore-lower = Hence lower than the line above.
sheet-chain-therefore-higher = Hence higher than the line above.
sheet-chain-therefore-same = The same as the line above.
sheet-chain-smoothed-note = Few data lean towards the common level.
sheet-chain-limits = { $level } interval { $low } to { $high }.
sheet-chain-chance = Probability { $value }; from { $needed } a single grade is given.

## Over time

sheet-course = Over time
sheet-course-what = Rate per 100,000 residents a year, upright lines are 95 % limits; dark dots belong to the period on show.
sheet-course-none = There is nothing to show over time yet.
sheet-course-words = Chart of the rate year by year: { $points }.
sheet-course-point = { $year }: { $value }
sheet-hidden-years = Years marked “–” are not published: small numbers, or numbers that would give them away.
sheet-hidden-series = The yearly numbers are not published, because there are small numbers among them, or numbers that would give them away.

## Models

sheet-models = Community models
sheet-models-count = { $count ->
    [one] { $count } active model.
   *[other] { $count } active models.
}
sheet-models-none = No active model yet.
sheet-models-per-residents = { $value } per 10,000 residents
sheet-models-per-km2 = { $value } per km²
sheet-models-per-residential-area = { $value } per residential area
sheet-models-served = { $value } of residential areas have a model
sheet-models-more = { $count ->
    [one] and { $count } more kind
   *[other] and { $count } more kinds
}

## The standard

sheet-standard = The standard “Safe in security and order”
sheet-standard-met = Meets the standard “Safe in security and order”.
sheet-standard-not-met = Does not yet meet the standard “Safe in security and order”.
sheet-standard-insufficient = Not enough evidence to say whether the standard “Safe in security and order” is met.
sheet-standard-wider = The standard is judged commune by commune.
sheet-standard-window = Judged for { $window }.
sheet-unit-residential-area = Residential areas
sheet-unit-commune = Communes, wards
sheet-unit-agency = Agencies
sheet-unit-business = Businesses
sheet-unit-school = Schools
sheet-share-about = about { $share }
sheet-share-few = not published (few units)
sheet-recognised = { $recognised } of { $units } recognised
sheet-shares-none = No certification data for this period.
