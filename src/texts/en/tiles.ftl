# Titles of tilesets and of their layers.

## TileJSON

tilejson-description = { $edition }, from { $from } until before { $until }
tilejson-sample-attribution = Bình Yên – sample data
