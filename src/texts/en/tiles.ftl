# Titles of tilesets and of their layers.
