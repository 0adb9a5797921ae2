# Titles, headings and notes of exported tables.
