# The kinds of problem of RFC 9457 and what each means.
