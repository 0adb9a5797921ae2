# Codes of the data in words.
