# Sheets of areas: a PDF with a page for each. What the page says too (web/src/i18n) reads the same there.

## The file and its first pages

sheets-title = Phiếu khu vực: { $where }
sheets-list = Các khu vực
sheets-list-more = Các khu vực (tiếp theo)
sheets-page = Trang { $page }/{ $pages }
sheets-dated = Lập ngày { $day }
sheets-data-version = phiên bản dữ liệu { $epoch }
sheets-internal-hint = Có số liệu chưa công bố; không phổ biến ra ngoài.

## Who the area is

sheet-code = mã { $code }
sheet-within = thuộc { $name }
sheet-peers = địa bàn: { $peers }
sheet-population = { $count } dân
sheet-area-km2 = { $area } km²
sheet-former = Gồm các đơn vị cũ: { $list }.
sheet-former-one = Đơn vị cũ: { $list }.
sheet-locator = Vị trí trong địa bàn { $where }
sheet-locator-caption = Vị trí
sheet-map = Bản đồ xếp loại của { $name } và các khu vực liền kề
sheet-map-caption = Xếp loại các khu vực liền kề
sheet-letter = Xếp loại của { $name }: { $grade }

## How far the data can be relied upon

sheet-reliability = { $words } ({ $value }; xếp loại được từ { $needed }).
sheet-reliability-low = Số liệu ít tin cậy
sheet-reliability-middle = Số liệu tin cậy vừa phải
sheet-reliability-high = Số liệu đủ tin cậy

## Counts

sheet-recorded = Đã ghi nhận
sheet-expected = Theo mức chung
sheet-ratio = Tỷ số
sheet-incidents = vụ
sheet-limits = khoảng { $level } % từ { $low } đến { $high }
sheet-hidden = không công bố
sheet-none = chưa có
sheet-hidden-count = Số vụ không công bố: đó là số nhỏ, hoặc là con số mà từ đó có thể tính ra số nhỏ của nơi khác.

## The chain from the count to the letter

sheet-chain = Từ số vụ đến xếp loại
sheet-chain-expected = Theo mức chung
sheet-chain-recorded = Đã ghi nhận
sheet-chain-weighted = Tính theo mức độ
sheet-chain-smoothed = Hiệu chỉnh
sheet-chain-letter = Xếp loại
sheet-chain-incidents = { $n } vụ
sheet-chain-times = { $ratio } lần mức chung
sheet-chain-expected-note = Số vụ nếu ở đây giống mức chung.
sheet-chain-recorded-note = Mỗi vụ tính như nhau.
sheet-chain-weighted-note = Vụ nặng tính nhiều điểm hơn; loại không xếp loại thì không tính:
sheet-chain-rated-note = Mỗi vụ vẫn như nhau; loại không xếp loại thì không tính:
sheet-chain-points = { $score } điểm, theo mức chung { $expected }.
sheet-chain-therefore-lower = Vì vậy thấp hơn dòng trên.
sheet-chain-therefore-higher = Vì vậy cao hơn dòng trên.
sheet-chain-therefore-same = Vẫn như dòng trên.
sheet-chain-smoothed-note = Ít số liệu thì ngả về mức chung.
sheet-chain-limits = Khoảng { $level } từ { $low } đến { $high }.
sheet-chain-chance = Khả năng { $value }; từ { $needed } thì nêu một loại.

## Over time

sheet-course = Diễn biến
sheet-course-what = Tỷ suất trên 100.000 dân mỗi năm, vạch đứng là khoảng 95 %; chấm đậm thuộc kỳ đang xem.
sheet-course-none = Chưa có diễn biến để xem.
sheet-course-words = Biểu đồ tỷ suất từng năm: { $points }.
sheet-course-point = năm { $year }: { $value }
sheet-hidden-years = Năm ghi “–” không công bố, vì số nhỏ hoặc vì năm khác là số nhỏ.
sheet-hidden-series = Số vụ từng năm không công bố, vì trong đó có những số nhỏ hoặc những số làm lộ số nhỏ.

## Models

sheet-models = Mô hình đang hoạt động
sheet-models-count = { $count } mô hình đang hoạt động.
sheet-models-none = Chưa có mô hình nào đang hoạt động.
sheet-models-per-residents = { $value } trên 10.000 dân
sheet-models-per-km2 = { $value } trên 1 km²
sheet-models-per-residential-area = { $value } trên một khu dân cư
sheet-models-served = { $value } khu dân cư có mô hình
sheet-models-more = và { $count } loại khác

## The standard

sheet-standard = Tiêu chuẩn an toàn về an ninh, trật tự
sheet-standard-met = Đạt tiêu chuẩn “An toàn về an ninh, trật tự”.
sheet-standard-not-met = Chưa đạt tiêu chuẩn “An toàn về an ninh, trật tự”.
sheet-standard-insufficient = Chưa đủ căn cứ để kết luận tiêu chuẩn “An toàn về an ninh, trật tự”.
sheet-standard-wider = Tiêu chuẩn được xét cho từng xã, phường.
sheet-standard-window = Xét kỳ { $window }.
sheet-unit-residential-area = Khu dân cư
sheet-unit-commune = Xã, phường
sheet-unit-agency = Cơ quan
sheet-unit-business = Doanh nghiệp
sheet-unit-school = Nhà trường
sheet-share-about = khoảng { $share }
sheet-share-few = không công bố (ít đơn vị)
sheet-recognised = { $recognised } trong { $units } đạt
sheet-shares-none = Chưa có số liệu công nhận trong kỳ này.
