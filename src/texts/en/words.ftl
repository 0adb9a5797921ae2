# Codes of the data in words.

## Levels of areas, in a sentence

level-commune = commune
level-district = district
level-province = province

## Levels of areas, in a cell

word-level-commune = Commune, ward, township
word-level-district = District
word-level-province = Province

## What stands in the place of a grade

word-grade-range = A range of grades
word-grade-insufficient = Not enough data
word-grade-suppressed = Not published
word-grade-none = No residents known
word-grade-not-covered = Incidents not known on every day
word-grade-no-exposure = Nothing to divide by known

## The standard of the statute

word-statutory-met = Met
word-statutory-not-met = Not met
word-statutory-insufficient = No decision

## What can be said of a difference

word-clearly-higher = Clearly higher
word-clearly-lower = Clearly lower
word-unclear = Not clearly different

## Steps of a series

word-partial = Partial
