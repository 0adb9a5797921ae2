# The page of a shared view, the page of methods, and oEmbed.

## The page of a shared view

share-safety-map = Bản đồ an toàn Quảng Nam
share-open-map = Mở bản đồ
share-map-image = Bản đồ: { $title }
share-release = { $release }.
share-sample = Dữ liệu minh hoạ.
share-released-only = Chỉ chia sẻ được các kỳ đã công bố; ở đây là { $window }.
expected-share-id = địa chỉ chia sẻ do trang bản đồ tạo ra

## The page of methods

methods-title = Phương pháp
methods-other-language = English

## oEmbed

oembed-url = địa chỉ của trang bản đồ này, ví dụ do nút Chia sẻ tạo ra
oembed-url-elsewhere = Địa chỉ “{ $url }” không phải là bản đồ của máy chủ này.
oembed-json-only = oEmbed ở đây chỉ có dạng JSON.
oembed-needs-public-url = Máy chủ chưa biết địa chỉ công khai của mình nên không tạo được khung nhúng. Đặt public_url trong cấu hình.
style-needs-public-url = Máy chủ chưa biết địa chỉ công khai của mình nên các địa chỉ trong kiểu bản đồ vô nghĩa đối với chương trình khác. Đặt public_url trong cấu hình.
tilejson-needs-public-url = Máy chủ chưa biết địa chỉ công khai của mình nên địa chỉ ô bản đồ vô nghĩa đối với chương trình khác. Đặt public_url trong cấu hình.
