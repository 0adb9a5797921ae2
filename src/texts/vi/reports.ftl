# What is wrong with a report, a message of another server, or a judgement.

## The body and its members

report-not-json = Nội dung gửi lên không phải JSON đọc được: dòng { $line }, cột { $column }.
report-no-object = Nội dung gửi lên phải là một đối tượng JSON.
report-no-content-type = Nội dung gửi lên phải là JSON, kèm tiêu đề “Content-Type: application/json”.
refusal-invalid-field = Trường “{ $field }” không dùng được: { $what }.
report-field-unknown = không có trường này; các trường được dùng: { $known }
report-field-missing = bắt buộc phải có
report-field-text = phải là một đoạn chữ
report-field-number = phải là một số
report-too-long = có { $count } ký tự; nhiều nhất { $most }
report-control-character = có ký tự điều khiển; chỉ nhận dấu xuống dòng
report-not-of-decision = không thuộc quyết định này

## Place and time

report-no-place = cần một điểm (“lon” và “lat”) hoặc một xã, phường (“edition” và “area_code”)
report-two-places = chỉ cho một điểm hoặc một xã, phường, không cho cả hai
report-place-outside = điểm này nằm ngoài các xã, phường của tỉnh
report-no-commune = bộ địa giới { $edition } không có xã, phường mang mã “{ $code }”
report-no-moment = cần một thời điểm như 2026-11-30T07:10 theo giờ địa phương, hoặc có ghi múi giờ
report-future = nằm ở tương lai
report-long-ago = đã qua hơn một năm

## Work to be proved

report-challenge-unknown = không phải do máy chủ này cấp; hãy lấy tại /reports/challenge
report-challenge-over = đã hết hạn; hãy lấy lại tại /reports/challenge
report-challenge-spent = Đã có một tin khác gửi bằng mã thử thách này; hãy lấy mã khác tại /reports/challenge.
report-no-solution = không giải được mã thử thách
report-closed = Máy chủ này không nhận tin báo qua biểu mẫu.

## Messages of other servers

report-no-hook = Không nhận tin qua kênh “{ $channel }”.
report-unsigned = Tin không có chữ ký mà máy chủ này chấp nhận.
report-signed-long-ago = Tin được ký đã quá lâu, hoặc đồng hồ nơi gửi bị lệch.
report-says-nothing = tin không có lời cũng không có địa điểm

## Judging

report-missing = Không có tin báo nào mang số “{ $number }”.
report-no-number = không phải số của một tin báo
report-one-target = chỉ cho “report” với một số, hoặc “incident” với một mã vụ
report-no-target = Nơi cần gộp vào không có, hoặc chính là tin này.
report-judged = Tin này đã được xử lý rồi.
report-claimed = “{ $by }” đang xem tin này.
report-outdated = Tin đã thay đổi, nay ở phiên bản { $version }. Hãy xem lại.
report-if-match = Khi xử lý tin phải gửi tiêu đề “If-Match” với phiên bản của tin đã xem, như “ETag” ghi.
