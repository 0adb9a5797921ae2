# Titles and legends of map images.
