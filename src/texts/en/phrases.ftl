# Parts of other texts.

days-from-to = from { $from } to { $last }
residents-base-none = no figure of residents
residents-base-year = residents of { $year }
residents-base-interpolated = residents of { $first }–{ $last }, interpolated to the middle of the period
residents-base-nearest = residents of the nearest year, { $first }–{ $last }
coverage-of-incidents = Incidents are known { $days }.
period-cut = Counted are the days { $counted } alone, on which incidents are known; the period asked for: { $requested }.
edition-without-name = Boundaries { $id }
release-of-day = Release { $number } of { $day }
