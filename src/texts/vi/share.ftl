# The page of a shared view and oEmbed.
