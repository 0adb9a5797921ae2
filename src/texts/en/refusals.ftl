# Why the service gives no answer: what is wrong with the question and what would be right.

## The service cannot answer now

refusal-not-ready = The holdings are being loaded; try again in a moment.
refusal-busy = The server could not answer in time; try again in a moment.
refusal-internal = The server failed; the cause is in its log.
