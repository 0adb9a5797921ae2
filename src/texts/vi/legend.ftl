# Titles and legends of map images. What the page says too (web/src/i18n) reads the same there.

## Themes: what the image shows, and what the colours mean, with the denominator

theme-grade-title = Xếp loại an ninh, trật tự
theme-grade = Xếp loại A–E: tỷ suất vụ việc theo dân số, vụ nặng tính nhiều hơn, nơi ít dân được hiệu chỉnh về gần mức chung; so với mức chung của các khu vực.
theme-grade-public = Xếp loại A–E: tỷ suất vụ việc theo dân số, nơi ít dân được hiệu chỉnh về gần mức chung; so với mức chung của các khu vực; mọi vụ tính như nhau.
theme-statutory-title = Đạt tiêu chuẩn “An toàn về an ninh, trật tự”
theme-statutory = Đạt tiêu chuẩn “An toàn về an ninh, trật tự” theo quyết định công nhận.
theme-rate-title = Tỷ suất vụ việc
theme-rate = Tỷ suất đã hiệu chỉnh cho nơi ít dân: số vụ việc trên 100.000 dân mỗi năm.
theme-count-title = Số vụ việc
theme-count = Số vụ việc, có toạ độ hoặc chỉ biết xã; diện tích hình tròn tỷ lệ với số vụ.
theme-density-title = Mật độ mô hình an ninh
theme-density = Mật độ mô hình: số mô hình đang hoạt động trên 10.000 dân.
theme-certified-title = Khu dân cư được công nhận an toàn
theme-certified = Phần khu dân cư được công nhận “An toàn về an ninh, trật tự”.
theme-movement-title = Phân loại phong trào Toàn dân bảo vệ an ninh Tổ quốc
theme-movement = Phân loại phong trào “Toàn dân bảo vệ an ninh Tổ quốc” của xã, phường, theo quyết định hằng năm.
theme-clusters-title = Cụm cao hơn mức chung
theme-clusters = Cụm cao hơn mức chung: các khu vực gần nhau cùng có nhiều vụ hơn mong đợi theo số dân, rõ hơn ngẫu nhiên.

## Codes of attributes

legend-statutory-met = Đạt
legend-statutory-not-met = Chưa đạt
legend-statutory-insufficient = Chưa đủ căn cứ
legend-no-population = Chưa có số dân
legend-not-covered = Số liệu chưa đủ ngày
legend-no-exposure = Chưa có số liệu làm mẫu số
legend-movement-excellent = Xuất sắc
legend-movement-good = Khá
legend-movement-average = Trung bình
legend-movement-weak = Yếu
legend-trend-up = Tăng rõ
legend-trend-down = Giảm rõ
legend-trend-equal = Không khác biệt rõ
legend-check-agrees = Khớp với quyết định
legend-check-disagrees = Khác với quyết định

## Other rows and notes of legends

legend-unclear = Không khác biệt rõ với mức chung
legend-range = Chưa rõ loại: nêu hai đầu
legend-range-note = “B–C”: { $words }.
legend-insufficient = Chưa đủ số liệu
legend-suppressed = Không công bố (số nhỏ)
legend-no-data = Không có số liệu
legend-empty = Lớp này chưa có số liệu để hiện ở đây.
legend-outside-clusters = Ngoài các cụm
legend-unsure = Số liệu ít tin cậy (dưới { $value })
legend-disagrees = Nét đứt: tự kiểm tra khác với quyết định
legend-times = Số lần mức chung
legend-greyer = Càng xám, số liệu càng ít tin cậy.

## Marks of an image

image-sample = Dữ liệu minh hoạ
image-internal = Nội bộ, không công bố

## The line below the title

image-free-period = Kỳ tự chọn
image-communes = { $count } xã, phường
image-districts = { $count } huyện
image-counted = Chỉ tính: { $parts }
image-categories = { $count } loại vụ việc
image-severity-from = mức độ từ “{ $least }”

## The verdict on an area

image-grade = xếp loại { $grade }
image-grade-open = xếp loại trong khoảng { $best }–{ $worst }
image-grade-range = xếp loại { $grade }, có thể từ { $best } đến { $worst }

## Where the numbers and the lines come from

image-sources = Nguồn: { $source }. Địa giới: { $boundaries } ({ $edition }). Bộ quy tắc: { $scheme } { $version } · { $hash }.
image-source-sample = Bình Yên – dữ liệu minh hoạ, không phải số liệu thật
image-source-with-map = { $source }; nền bản đồ: { $maps }
image-release = { $release }.
