# What is wrong with a report, a message of another server, or a judgement.

## The body and its members

report-not-json = The body is no JSON that can be read: line { $line }, column { $column }.
report-no-object = The body must be one JSON object.
report-no-content-type = The body must be JSON: send it with the header "Content-Type: application/json".
refusal-invalid-field = The field "{ $field }" cannot be used: { $what }.
report-field-unknown = there is no such field; known are: { $known }
report-field-missing = it has to be there
report-field-text = it must be a text
report-field-number = it must be a number
report-too-long = it has { $count } characters; { $most } are the most
report-control-character = it holds a control character; only line breaks are taken
report-not-of-decision = it does not belong to this decision

## Place and time

report-no-place = give a point ("lon" and "lat") or a commune ("edition" and "area_code")
report-two-places = give either a point or a commune, not both
report-place-outside = the point lies outside the communes of the province
report-no-commune = the edition { $edition } has no commune with the code "{ $code }"
report-no-moment = it must be a moment like 2026-11-30T07:10, in local time, or one with an offset
report-future = it lies in the future
report-long-ago = it lies more than a year back

## Work to be proved

report-challenge-unknown = it is not a challenge of this server; ask for one at /reports/challenge
report-challenge-over = its time is over; ask for another one at /reports/challenge
report-challenge-spent = Another report came by this challenge; ask for another one at /reports/challenge.
report-no-solution = it does not solve the challenge
report-closed = This server takes no reports by its form.

## Messages of other servers

report-no-hook = Nothing is received through the channel "{ $channel }".
report-unsigned = The message carries no signature that this server accepts.
report-signed-long-ago = The message was signed too long ago, or by a clock that is off.
report-says-nothing = the message has neither text nor place

## Judging

report-missing = There is no report with the number "{ $number }".
report-no-number = it is no number of a report
report-one-target = give either "report" with a number or "incident" with an id
report-no-target = What it is to be merged with does not exist, or is this report itself.
report-judged = The report has been judged already.
report-claimed = "{ $by }" is looking at the report.
report-outdated = The report has changed since: it has version { $version } now. Look at it again.
report-if-match = A judgement needs the header "If-Match" with the version of the report that was seen, as its "ETag" names it.
