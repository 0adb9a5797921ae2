# Parts of other texts.

days-from-to = from { $from } to { $last }
edition-without-name = Boundaries { $id }
