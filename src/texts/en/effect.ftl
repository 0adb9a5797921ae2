# What is said of the effect of a community model: what happened beside what happened elsewhere, never what caused it.

effect-method = The { $days } days before and after the start are compared, inside the reach and at up to { $places } places of the same group without the kind and with a like count before. Models are put where trouble is, and such places calm by themselves (regression to the mean); matching on the count before makes up for part of that only. One place may serve several models. The figures do not tell what caused a difference.

## The counts, and the ratio with its limits

effect-inside = Inside its reach: { $before ->
    [one] { $before } incident
   *[other] { $before } incidents
} before, { $after } after.
effect-pooled = Pooled over { $models ->
    [one] { $models } model
   *[other] { $models } models
}, { $before ->
    [one] { $before } incident
   *[other] { $before } incidents
} before.
effect-ratio = the ratio to the comparison places is { $ratio } ({ $level } %: { $low }–{ $high })

## The verdict

effect-lower = After one window, { $ratio }: down by more, or up by less, than at the comparison places.
effect-higher = After one window, { $ratio }: down by less, or up by more, than at the comparison places.
effect-not-clear = After one window, { $ratio }: not clearly different from the comparison places.

## Why nothing is concluded

effect-no-location = No conclusion is possible: where it stands is not known.
effect-not-covered = No conclusion is possible: the incidents known do not cover both windows.
effect-ended-too-soon = No conclusion is possible: it ended before the window after its start was over.
effect-kind-was-there = No conclusion is possible: another model of the kind was there before it.
effect-no-comparison = No conclusion is possible: no place like it is left without the kind.
effect-too-few = No conclusion is possible: fewer than { $least ->
    [one] { $least } incident
   *[other] { $least } incidents
} before, or none at all in one window.

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
effect-candidate-caution = This is a proposal to look at, not a decision.
