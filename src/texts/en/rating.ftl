# One area's rating as a person would say it. What is hidden is said to be hidden; what does not differ beyond chance
# is said not to differ.

## What was recorded

rating-counts-at-no-such-level = { $name }: the categories chosen are not shown at this level, to any role.
rating-counts-hidden = { $name }: { $days } the number of incidents is not published.
rating-counts = { $name }: { $days } { $incidents ->
    [one] { $incidents } incident was
   *[other] { $incidents } incidents were
} recorded.
rating-detected = Beside them police work found { $incidents ->
    [one] { $incidents } incident, which is
   *[other] { $incidents } incidents, which are
} no part of count, rate and grade.
rating-counts-beside-expected = { $name }: { $days } { $incidents ->
    [one] { $incidents } incident was
   *[other] { $incidents } incidents were
} recorded; at the rate of the { $whole } this population would have { $expected }.

## Why there is no grade

rating-province = This is the common level to which the areas are compared.
rating-no-measure = What its incidents are measured against (visitors or roads) is not known, so it is not graded.
rating-not-covered = { $name }: { $days } incidents are not known on every day, so nothing is counted or graded.
rating-no-population = Its population is not known, so it is not graded.
rating-uncounted = Without a count there is no grade.
rating-suppressed = A grade is published from { $least ->
    [one] { $least } incident
   *[other] { $least } incidents
} upwards.
rating-nothing-rated = Not graded: the categories that are counted are not part of a grade.
rating-no-rated-events = Not graded: in this period no area has an incident that is part of a grade.
rating-nothing-expected = Not graded: at the common level none of the incidents that are part of a grade is expected here.
rating-no-spread = Not graded: the areas differ by no more than chance.
rating-single-area = Not graded: there is one area, and nothing to compare it with.
rating-few-areas-published = Not graded: the counts of too few areas are published to compare them.
rating-withheld = There is too little data for a grade: reliability { $reliability }, needed { $least }.
rating-withheld-likely = There is too little data for a grade: reliability { $reliability }, needed { $least }; it is likely { $grade }.
rating-withheld-between = There is too little data for a grade: reliability { $reliability }, needed { $least }; it may be anything from { $best } to { $worst }.

## The grade, and the ratio beside the common level

rating-grade = Grade { $grade }.
rating-grade-between = Grade { $grade } (from { $best } to { $worst }).
rating-grade-likely = Grade { $grade }, probability { $probability }.
rating-grade-likely-between = Grade { $grade }, probability { $probability } (from { $best } to { $worst }).
rating-range = Grade within { $best }–{ $worst }: no letter reaches a probability of { $least }.
rating-range-unsaid = No single grade: no letter reaches a probability of { $least }.
rating-common-level = the common level of the { $whole }
rating-common-level-of-peers = the common level of its peers ({ $peers })
rating-unclear = It does not clearly differ from { $common }.
rating-higher = It stands at { $ratio } times { $common }: clearly above it.
rating-higher-by-severity = Counting severity it stands at { $ratio } times { $common }: clearly above it.
rating-lower = It stands at { $ratio } times { $common }: clearly below it.
rating-lower-by-severity = Counting severity it stands at { $ratio } times { $common }: clearly below it.
rating-more-but-lighter = It has more incidents than the common level and yet a lower ratio: they are less severe, or of kinds that are not graded.
rating-fewer-but-graver = It has fewer incidents than the common level and yet a higher ratio: they are more severe, or fewer are of kinds that are not graded.
rating-component-left-out = A component is left out of the grade, because what it is measured against is not known.
