# What is out of the ordinary: alerts with their reasons, and the last days.

alert-all-incidents = all reported incidents
alert-reason-series = { $place }, { $days }: { $observed ->
    [one] { $observed } incident
   *[other] { $observed } incidents
} ({ $part }); usually about { $expected }, and up to { $limit } is still usual. By chance such a step is met { $odds }.
alert-reason-short = { $place }, { $days }: { $observed ->
    [one] { $observed } incident
   *[other] { $observed } incidents
} ({ $part }); the seven weeks before had { $expected } on average. There are too few former years for the same season; by chance it is met { $odds }.
alert-reason-cluster = { $place }, { $days }: { $observed ->
    [one] { $observed } incident
   *[other] { $observed } incidents
} close together in place and time; from what these communes and days have, about { $expected }. By chance it is met in { $odds } of the scans.
alert-odds = 1 in { $times }
alert-odds-more = 1 in more than { $times }
alert-communes = { $first } and { $others ->
    [one] { $others } commune
   *[other] { $others } communes
} around
alert-incomplete = Reports of these days may still come in.
alerts-none = Within the usual.
alerts-some = { $count ->
    [one] { $count } alert stands.
   *[other] { $count } alerts stand.
}
alerts-method = Each whole week and month of the province, its (former) districts and groups of communes is held against the same season of up to five former years (improved Farrington); once a week the communes are scanned by place and day. All { $series } series and the scan together: at most { $rate } false alarms a quarter on average where nothing is out of the ordinary. There is no alarm by time for a single commune.
situation-usual = Within the usual.
situation-more = { $count ->
    [one] { $count } number lies above the usual.
   *[other] { $count } numbers lie above the usual.
}
situation-fewer = { $count ->
    [one] { $count } number lies below the usual.
   *[other] { $count } numbers lie below the usual.
}
situation-more-and-fewer = { $more } above the usual, { $fewer } below.
situation-no-days = The data do not cover so many days: nothing can be said.
situation-no-years = There is no former year that says what is usual.
situation-ends-before = The data end with { $last }; what came after is not known, so the days spoken of here are the last ones with data.
situation-incomplete = From { $from } on reports may still come in: what is counted is the least.
situation-method = The usual: the same weekdays of { $years ->
    [one] { $years } former year
   *[other] { $years } former years
} and of { $band ->
    [one] { $band } week
   *[other] { $band } weeks
} on either side; a two-sided range of prediction (negative binomial). All ranges of a level hold together with the probability { $range }.
refusal-no-alert = There is no alert with the number { $number }.
expected-alert-number = the number of an alert, for example 12
expected-alert-note = a JSON object whose “text” is the note, at most { $most } characters, without control characters
alerts-feed-title = Bình Yên: alerts
alert-title-week = Week
alert-title-month = Month
alert-title-cluster = Cluster
