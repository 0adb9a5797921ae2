# What `binhyen audit verify` finds.

audit-intact = The audit log is intact: { $lines } lines. It ends with { $end }; write this down elsewhere to be able to compare it later.
audit-line-changed = Line { $line } of the audit log was changed: it does not have its hash.
audit-line-missing = Line { $line } of the audit log is missing.
audit-line-reordered = The lines of the audit log stand in another order: what belongs in line { $line } stands in line { $place }.
audit-line-unconnected = Line { $line } of the audit log does not follow the line before it: one of them was put in or exchanged.
audit-cut-unwitnessed = The audit log begins after line { $line }, and none of its lines says that lines up to there were removed: somebody else removed them.
audit-line-not-held = Line { $line } of the audit log is not the one that was written down: the log was written anew.
