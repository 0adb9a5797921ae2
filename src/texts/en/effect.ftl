# What is said of the effect of a community model: what happened beside what happened elsewhere, never what caused it.

effect-method = Two windows of { $days } days before the start and one after it are looked at, inside the reach and at up to { $places } places of the same group without the kind; a place serves one model of the kind alone. Models are put where trouble is, and such places calm by themselves (regression to the mean), so two comparisons must agree: one leaves out the last window before the start and takes places with a like count in it; the other takes both windows and places with a like count over the two. Over all kinds a difference counts only below a false discovery rate of { $q } %. Where fewer than { $least } incidents happened inside the reaches of a kind, communes are compared over quarters instead, each with its own level and all with the course of the quarters. The figures do not tell what caused a difference.

## The counts, and the ratio with its limits

effect-inside = Inside its reach: { $before ->
    [one] { $before } incident
   *[other] { $before } incidents
} in the window before the last one, { $after } after.
effect-pooled = Pooled over { $models ->
    [one] { $models } model
   *[other] { $models } models
}, { $before ->
    [one] { $before } incident
   *[other] { $before } incidents
} in the window before the last one.
effect-ratio = the ratio to the comparison places is { $ratio } ({ $level } %: { $low }–{ $high })

effect-communes-why = Inside the reaches of the kind only { $before ->
    [one] { $before } incident
   *[other] { $before } incidents
} happened before, fewer than { $least }; so communes are compared over quarters.
effect-communes = { $communes ->
    [one] { $communes } commune
   *[other] { $communes } communes
} over { $quarters ->
    [one] { $quarters } quarter
   *[other] { $quarters } quarters
}; the kind came or went in { $switching } of them.
effect-communes-ratio = the ratio of the rate to what commune and quarter make expect is { $ratio } ({ $level } %: { $low }–{ $high })

## The verdict

effect-lower = After one window, { $ratio }: down by more, or up by less, than at the comparison places.
effect-higher = After one window, { $ratio }: down by less, or up by more, than at the comparison places.
effect-not-clear = After one window, { $ratio }: not clearly different from the comparison places.

effect-communes-lower = While the kind runs in a commune, { $ratio }: lower than without it.
effect-communes-higher = While the kind runs in a commune, { $ratio }: higher than without it.
effect-communes-not-clear = While the kind runs in a commune, { $ratio }: not clearly different from without it.

## Why nothing is concluded

effect-no-location = No conclusion is possible: where it stands is not known.
effect-not-covered = No conclusion is possible: the incidents known do not cover the two windows before and the one after.
effect-ended-too-soon = No conclusion is possible: it ended before the window after its start was over.
effect-kind-was-there = No conclusion is possible: another model of the kind was there before it.
effect-no-comparison = No conclusion is possible: no place like it is left without the kind.
effect-too-few = No conclusion is possible: fewer than { $least ->
    [one] { $least } incident
   *[other] { $least } incidents
} before, or none at all in one window.

effect-too-few-communes = No conclusion is possible: the kind came or went in fewer than { $least ->
    [one] { $least } commune
   *[other] { $least } communes
} with incidents while these are known.

## Models proposed for a review, and why

effect-candidate-weak-reviews = Its last { $count } reviews were weak ({ $days }).
effect-candidate-good-reviews = Its last { $count } reviews were good ({ $days }).
effect-candidate-no-useful-drop = Pooled over { $models ->
    [one] { $models } model
   *[other] { $models } models
} of the kind, { $ratio }; the interval leaves no room for a useful drop (a ratio of { $useful } or less).
effect-candidate-below-one = Pooled over { $models ->
    [one] { $models } model
   *[other] { $models } models
} of the kind, { $ratio }; the interval lies below 1: down by more, or up by less, than at the comparison places.
effect-candidate-communes-above-one = Over the communes, { $ratio }; the interval lies above 1: more incidents while the kind runs than without it.
effect-candidate-communes-below-one = Over the communes, { $ratio }; the interval lies below 1: fewer incidents while the kind runs than without it.
effect-candidate-caution = This is a proposal to look at, not a decision.
