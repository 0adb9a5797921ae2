# What can and what cannot be concluded from a comparison. No text names a cause, and none takes
# "not clearly different" for "the same".

comparison-no-cause = These numbers do not say what the cause is.
comparison-season = The two periods are not the same part of the year, so a difference may also be one of the season.

## The ratio with its limits

comparison-times = { $ratio } times, 95 % limits { $low } to { $high }
comparison-times-open = the ratio has no upper end, its lower 95 % limit is { $low } times
comparison-doubt = { $times }, what differs may be chance
comparison-doubt-of-many = { $times }, but with so many compared at once such a difference may be chance (q = { $q })

## Two areas

comparison-pair-hidden = { $first } and { $second } cannot be compared: the numbers are not published or not there.
comparison-pair-unclear = { $first } and { $second } do not clearly differ; { $doubt }.
comparison-pair-higher = The rate of { $first } is clearly above that of { $second }: { $times }. { comparison-no-cause }
comparison-pair-lower = The rate of { $first } is clearly below that of { $second }: { $times }. { comparison-no-cause }

## One area in two periods

comparison-change-hidden = { $name }: the two periods cannot be compared, because the numbers are not published.
comparison-change-counts = { $name }: { $first ->
    [one] { $first } incident
   *[other] { $first } incidents
} { $first_days }, { $second ->
    [one] { $second } incident
   *[other] { $second } incidents
} { $second_days }.
comparison-change-empty = Nothing was recorded in either period: neither a rise nor a fall can be concluded.
comparison-change-no-population = The rates cannot be compared, because the population is not known.
comparison-change-unclear = No clear difference: { $doubt }; nor can it be concluded that nothing changed.
comparison-change-rose = The rate clearly rose, the second period against the first: { $times }. { comparison-no-cause }
comparison-change-fell = The rate clearly fell, the second period against the first: { $times }. { comparison-no-cause }

## An area and the rest of a group

comparison-rest = the { $areas } other areas of { $group }
comparison-rest-higher = The rate of { $name } is clearly above { $others }: { $times }. { comparison-no-cause }
comparison-rest-lower = The rate of { $name } is clearly below { $others }: { $times }. { comparison-no-cause }
