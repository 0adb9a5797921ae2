# Parts of other texts.

days-from-to = từ { $from } đến { $last }
edition-without-name = Địa giới { $id }
