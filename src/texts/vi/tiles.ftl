# Titles of tilesets and of their layers.

## TileJSON

tilejson-description = { $edition }, từ { $from } đến trước { $until }
tilejson-sample-attribution = Bình Yên – dữ liệu minh hoạ
