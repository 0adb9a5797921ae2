# Titles of tilesets and of their layers.

## Tilesets and their layers

tileset-communes = Xã, phường, thị trấn
tileset-districts = Huyện, thị xã, thành phố
tileset-province = Tỉnh
tileset-labels = Nhãn địa danh
tileset-models = Mô hình an ninh
tileset-incidents = Vụ việc
tileset-map = Bản đồ

## TileJSON

tilejson-description = { $edition }, từ { $from } đến trước { $until }
tilejson-sample-attribution = Bình Yên – dữ liệu minh hoạ
template-not-offered = Máy chủ này không ký địa chỉ ô bản đồ: template_hours trong cấu hình là 0.
