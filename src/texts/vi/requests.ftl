# What is wrong with a request before the service is asked.

## What a parameter must be

expected-whole-number = một số nguyên
expected-whole-number-from = số nguyên từ { $least }
expected-whole-number-between = số nguyên từ { $least } đến { $most }
expected-number-up-to = số từ 1 đến { $most }
expected-area-codes-exactly = { $count } mã khu vực
expected-area-codes-between = từ { $least } đến { $most } mã khác nhau, cách bằng dấu phẩy
expected-two-periods = hai kỳ cách bằng dấu phẩy, như TK-2023,TK-2024 hoặc 2023-01-01..2023-07-01,2024-01-01..2024-07-01
expected-bounds = tây,nam,đông,bắc theo độ, ví dụ 107,15,109,16
expected-public-image-size = một trong các cỡ { $known } (rộng x cao), nhiều nhất { $most } điểm ảnh sau khi nhân “scale”; cỡ khác cần mã truy cập

## Parameters that exclude or need one another, or are too much together

request-areas-of-one-level = Chỉ so sánh các khu vực cùng một cấp.
request-periods-or-group = Chỉ dùng “periods” hoặc “with”, không dùng cả hai.
request-periods-beside-a-period = “periods” đã cho hai kỳ: không dùng thêm “window”, “from”, “to”.
request-periods-share-days = Hai kỳ trùng ngày nhau: một vụ sẽ nằm ở cả hai bên, nên không so sánh được.
request-group-of-one = Khu vực cấp “{ $level }” này không có khu vực nào khác trong nhóm “{ $group }”.
request-fit-without-area = “fit=area” cần thêm “area”.
request-image-too-large = Ảnh { $pixels } điểm quá lớn: “width” × “height” × “scale”² tối đa { $most }.
request-too-many-points = Quá nhiều điểm: với { $areas } khu vực, mỗi khu vực có nhiều nhất { $most } bước. Hãy chọn “by” dài hơn, kỳ ngắn hơn hoặc ít khu vực hơn.

## What does not exist

request-nothing-at = Không có gì ở địa chỉ { $address }.
request-no-area = Bộ địa giới { $edition } không có đơn vị nào mang mã “{ $code }”.
request-no-model = Không có mô hình nào mang mã “{ $id }”.
request-no-model-kind = Loại của mô hình “{ $id }” không còn trong quy tắc.
request-no-problem-kind = Không có loại lỗi “{ $name }”.
request-no-file-format = Không có tệp dạng “{ $name }”.
request-no-style = Không có kiểu bản đồ “{ $name }”.
request-no-tileset = Không có bộ ô bản đồ “{ $name }”.
request-no-font = Không có phông chữ “{ $name }”.
request-no-sprite = Không có bộ hình “{ $name }”.
request-no-scheme = Không có lưới chia ô “{ $name }”.
request-no-tile = Không có ô bản đồ ở địa chỉ này.
expected-glyph-range = 256 ký tự bắt đầu từ một bội số của 256, ví dụ 0-255
request-no-zoom = Mức phóng { $zoom } không được phục vụ; có từ { $least } đến { $most }.

## Why no tile can have an address

request-tile-numbers = z, x, y phải là số nguyên không âm, không có đuôi như .png; được phép có .pbf hoặc .mvt
request-tile-outside = x hoặc y nằm ngoài bản đồ thế giới
