# Why the service gives no answer: what is wrong with the question and what would be right.

## The service cannot answer now

refusal-not-ready = The holdings are being loaded; try again in a moment.
refusal-empty-store = The store holds no boundaries: nothing can be served until they are imported.
refusal-store-gone = The database file of the store is gone: look whether its disk is mounted. What is served is what it held before.
refusal-store-replaced = Another file stands where the database of the store was: restart the server to serve it. What is served is what was there before.
refusal-store-unreadable = The database of the store cannot be read; the cause is in the log. What is served is what it held before.
refusal-store-slow = The database of the store does not answer in time. What is served is what it held before.
refusal-store-behind = The store has changes that could not be served for over a minute; the cause is in the log.
refusal-not-accounted = What you ask for is shown only where the look can be written into the audit log, and that cannot be written now; try again in a moment.
refusal-busy = The server could not answer in time; try again in a moment.
refusal-internal = The server failed; the cause is in its log.

## Parameters

refusal-unknown-parameter = There is no parameter "{ $name }"; allowed are: { $allowed }.
refusal-no-parameters = There is no parameter "{ $name }": this address takes none.
refusal-repeated-parameter = The parameter "{ $name }" may be given only once.
refusal-invalid-parameter = The value "{ $value }" of the parameter "{ $name }" cannot be used; expected { $expected }.
refusal-window-and-days = Give either "window" or "from" and "to", not both.
refusal-one-day-only = "from" and "to" must be given together.
refusal-empty-period = The period from { $from } to { $to } is empty: "to" is the first day after it and must be later than "from".
refusal-too-many-incidents = The filter holds { $found } incidents; a file has { $most } at most. Choose a shorter period, fewer categories or a smaller box, or read them page by page as JSON.
refusal-whole-answer = An answer that is whole takes no "{ $name }".
refusal-box-without-place = What has no place lies in no box: give either "located=false" or "bbox".

## What a parameter takes

expected-one-of = one of: { $known }
expected-utf-8 = valid UTF-8, percent-encoded
expected-date = a date like 2025-12-31
expected-severity = a number from 1 to 5
expected-edition = an edition like 2025-07
expected-cursor = a value from a "next" link

## What no data cover

refusal-not-covered = No incidents are known { $requested }; they are known { $covered }.
refusal-periods-not-alike = The two periods cannot be compared: of the first incidents are known { $first }, of the second { $second }, which is not equally long. Choose two periods of the same length among the days that are covered.
refusal-channels-not-alike = The two periods cannot be compared: the channel { $channels } is known in a part of them only.

## What a role may not see

refusal-not-released = The public sees the released windows only ("released"); free filters need a role.
refusal-squares = Squares of incidents answer only the windows { $windows }, with all categories or with those of one component ({ $components }), and without a least severity: other filters would give single incidents away.
refusal-no-release = Nothing has been released yet, so there are no numbers for the public: the server makes the first release by itself when a window is due, or the command "binhyen release make" does.
refusal-scheme-not-released = The public may use the released rating schemes only: { $released }.
refusal-role-too-low = The role "{ $role }" may not see this; "{ $needed }" is needed.

## What does not exist

refusal-edition-not-loaded = The edition { $edition } is not loaded.
refusal-edition-not-among = The edition { $edition } is not loaded; loaded are: { $loaded }.
refusal-no-edition = No edition is loaded.
refusal-no-level = The edition { $edition } has no areas of level { $level }.

## Writing

refusal-too-many-features = The request holds { $found } features; one request may hold { $most }.
refusal-rejected-features = { $rejected } of { $read } features may not be taken, so nothing was done. With partial=true the others are.
refusal-amendment = An amendment is a GeoJSON feature with what changes; “{ $what }” does not fit there.
refusal-key-reused = The idempotency key was used for another request within the last day: take a new key for each request.
refusal-other-version = The incident has changed since you read it: read it again, and decide anew.
refusal-not-writable = The disk of the store is full or read-only: nothing was written.
absent-incident = There is no incident of that id.
expected-idempotency-key = one key of at most { $most } visible characters of ASCII
expected-reason = a reason of { $least } to { $most } characters
expected-event-id = the id of an event of this address
write-no-content-type = The body is to be one of { $accepted }; say which in Content-Type.
write-if-match = Name the incident in the state that you know: send its entity tag in If-Match.
