# What the imports of the command line report. Reasons of rejects are English in both languages.

## Columns, as help says them

import-columns-needed = Cột mà mọi tệp cần: { $columns }.
import-columns-possible = Cột mà tệp có thể có: { $columns }.

## What was read

import-kind-boundaries = địa giới
import-kind-incidents = vụ việc
import-kind-models = mô hình
import-kind-model-events = sự kiện của mô hình
import-kind-certifications = công nhận
import-kind-residential-areas = khu dân cư
import-kind-institutions = đơn vị
import-kind-decisions = quyết định
import-kind-declarations = tự khai
import-kind-movement-grades = xếp loại phong trào
import-kind-population = số dân
import-kind-exposures = đại lượng phơi nhiễm

## Rows

import-counts = { $kind }: đọc { $read }, nhận mới { $accepted }, cập nhật { $updated }, không đổi { $unchanged }, từ chối { $rejected }
import-dry-run = { $counts } (chạy thử: không ghi gì)
import-rejected-for = bị từ chối vì { $what }: { $count }
import-reject-row = cả hàng
import-rejects-of = các hàng của { $file } bị từ chối:
import-reject = dòng { $line }, { $field } { $value }: { $reason }
import-reject-in-column = dòng { $line }, { $field } { $value } (cột { $column }): { $reason }
import-rejects-file = tất cả các hàng bị từ chối: { $file }
import-more-rejects = và { $count } hàng nữa; --rejects TỆP liệt kê tất cả
import-more = và { $count } điều nữa
import-sample-replaced = đã thay { $rows } hàng mẫu
import-ended = phiên bản dữ liệu { $epoch }, { $seconds } giây
import-ended-unwritten = { $seconds } giây
import-read-as = cách đọc: { $said }
import-decimal-comma = số có dấu phẩy thập phân
import-day-order = ngày theo thứ tự { $order }
import-comma-and-order = { $comma }, { $order }
import-crs = tọa độ: đọc theo { $system }, vì { $by }
import-crs-by-file = tệp khai như vậy
import-crs-by-option = --crs nêu như vậy
import-crs-against = --crs nêu như vậy, khác với tệp khai { $declared }
import-stock = số mô hình { $window }: { $start } đầu kỳ + { $new } xây dựng mới + { $replicated } nhân rộng − { $retired } loại bỏ { $sign } { $end } cuối kỳ, { $kept } duy trì suốt kỳ

## Incidents

import-places = vị trí: { $points } có điểm, { $communes } theo xã, { $wider } theo khu vực rộng hơn, { $without } không có vị trí
import-places-outside = ngoài mọi khu vực đã nạp: { $outside }, trong đó { $near } cách một khu vực không quá 1 km và { $abroad } ngoài lãnh thổ Việt Nam
import-severity-assumed = mức độ được giả định khi hàng không nêu: { $count } ({ $from }; mức đang lưu được giữ)
import-severity-of-category = mức của loại
import-severity-default = mức mặc định
import-severity-least = mức nhẹ nhất
import-days = vụ việc từ { $first } đến { $last }
import-days-span = { $from } đến trước { $to }
import-listed = { $one }; { $next }
import-covered-nothing = bao trùm: không ngày nào
import-covered-declared = bao trùm, theo khai báo: { $days }
import-covered = bao trùm: { $days }, từ vụ đầu tiên đến vụ cuối cùng; --covers TỪ..ĐẾN nói rõ hơn
import-not-covered = các vụ ngoài những ngày bao trùm không được đếm ({ $first }, { $last }); --covers khai báo thêm

## Boundaries

import-level-commune = cấp xã
import-level-district = cấp huyện
import-level-province = cấp tỉnh
import-boundaries = bộ địa giới { $edition }, { $level }: { $areas } khu vực, { $km2 } km²
import-features = đối tượng: đọc { $read }, { $filtered } bị bỏ theo --where
import-vertices = đỉnh: đọc { $read }, thêm { $closed } để khép vòng, { $repaired } do sửa, lưu { $stored }; { $repeated } trong đó trùng đỉnh khác trên lưới của bản đồ; { $accounted }
import-vertices-accounted = mọi đỉnh đều được tính đến
import-vertices-unaccounted = CÓ ĐỈNH KHÔNG ĐƯỢC TÍNH ĐẾN
import-more-remarks = và { $more } điều nữa cùng loại ({ $count } lần{ $ground }); --format json nêu từng điều
import-residents = số dân: { $areas } khu vực, { $residents } người, năm { $year }
import-residents-ignored = số dân: { $quoted } không được nhận; --population { $attribute } sẽ nhận
import-districts-named = huyện do tệp nêu tên: { $count }
import-nesting = huyện so với các xã của huyện:
import-nesting-row = { $code } { $name }: { $km2 } km², { $communes } xã; { $outside } km² của các xã nằm ngoài, { $uncovered } km² không xã nào phủ
check-edition = bộ địa giới { $edition }
import-boundary-errors = { $errors } lỗi: không nhập gì
import-boundary-errors-repair = { import-boundary-errors }; --repair sửa lỗi hình học
import-nothing-written = không ghi gì
import-stored = đã lưu: { $new } mới, { $changed } thay đổi, { $unchanged } không đổi, { $removed } bị bỏ; phiên bản dữ liệu { $epoch }
