# The sheet that says how the numbers were made: a subject, and what is said of it.

## Period

method-window-subject = Kỳ
method-window = { $window } ({ $id }), { $days }; ngày theo giờ Việt Nam.
method-free-window = Kỳ tự chọn, { $days }; ngày theo giờ Việt Nam.

## Boundaries

method-edition-subject = Địa giới
method-edition = { $boundaries } (bộ { $id }), cấp: { $level }. Mã chỉ có nghĩa trong bộ địa giới này.

## Incidents counted

method-incidents-subject = Vụ việc được tính
method-incidents = { $categories }; mức độ từ “{ $least }” trở lên.
method-all-categories = mọi loại vụ việc, trừ các loại do lực lượng chức năng phát hiện

## Rules

method-rules-subject = Bộ quy tắc
method-rules = Cách xếp loại: { $scheme } ({ $id }), phiên bản { $version }, mã băm { $hash }; quy tắc chung phiên bản { $rules_version }, mã băm { $rules_hash }.
method-grades = Xếp loại: A đến { $a }, B đến { $b }, C đến { $c }, D đến { $d }, E trên { $d } lần mức chung; nêu một loại khi xác suất của loại đó từ { $least }, nếu không thì nêu khoảng.

## Limits

method-limits-subject = Khoảng tin cậy
method-limits-of-rates = Tỷ suất: giới hạn Poisson chính xác { $level } % (Garwood 1936).
method-limits-of-risks = Tỷ số nguy cơ: trung vị và khoảng { $interval } % của phân phối hậu nghiệm gamma (Marshall 1991); dưới độ tin cậy { $reliability } không xếp loại.

## What is hidden

method-hidden-subject = Phần không hiển thị
method-internal = Tài liệu nội bộ, có số đếm nhỏ: không công bố.
method-hidden = Ô trống là số không công bố, để không nhận ra được người trong cuộc: số vụ từ 1 đến { $most }, những số mà cùng với các số khác sẽ làm lộ chúng, và các số suy ra từ đó; tỷ số và xếp loại khi dưới { $least_weighted } vụ.
method-basis-published = Tỷ suất làm trơn, tỷ số, xếp loại, xu hướng và mức chung chỉ tính từ các số đã công bố, mỗi vụ như nhau, không theo mức độ nghiêm trọng; đơn vị không công bố số vụ không nằm trong phép tính nào.
method-never-below-district = Không hiển thị dưới cấp huyện: { $categories }.

## Steps of time

method-steps-subject = Các bước thời gian
method-steps-weeks = Tuần từ thứ Hai đến Chủ nhật.
method-steps-years = “Năm” là năm thống kê, từ { $first } đến { $last }.
method-steps-cut = Bước đầu và bước cuối có thể bị cắt bởi kỳ: tỷ suất vẫn đúng, số vụ không so được với bước trọn.

## Sources

method-release-subject = Bản công bố
method-release = { $release }: số liệu giữ nguyên như khi công bố; vụ báo muộn chỉ vào các kỳ của bản sau.
method-sources-subject = Nguồn
method-source-sample = { $dataset }: dữ liệu minh hoạ đi kèm chương trình
method-source-imported = { $dataset }: do đơn vị vận hành nhập
method-sources = { $list }. Phiên bản dữ liệu { $epoch }; chương trình Bình Yên { $program }.
method-dataset-boundaries = Địa giới
method-dataset-population = Số dân
method-dataset-incidents = Vụ việc
method-dataset-models = Mô hình
method-dataset-certifications = Công nhận

## Notes that are the same for every workbook

note-sample-subject = Dữ liệu minh hoạ
note-sample = Số liệu trong tệp này là dữ liệu minh hoạ, không phải số liệu thật.
note-denominators-subject = Mẫu số
note-denominators = Số dân vào giữa kỳ ({ $base }); người-năm = số dân × số năm của kỳ (năm 365,25 ngày). Không có số dân thì không có tỷ suất.
note-detected-subject = Vụ việc do lực lượng chức năng phát hiện
note-detected = Ma túy, buôn lậu, môi trường: số vụ cho biết mức độ phát hiện, nên không tính vào số vụ, tỷ suất và xếp loại nếu không chọn đích danh; đếm riêng bên cạnh.
note-without-point-subject = Vụ việc không có toạ độ
note-without-point = Vụ việc chỉ biết xảy ra ở xã nào được tính vào xã đó và không bao giờ được gán một điểm trên bản đồ; vụ chỉ biết huyện hoặc tỉnh, vụ ngoài địa bàn và vụ không rõ nơi xảy ra được đếm riêng.

## Notes of clusters

note-found-subject = Kết quả
note-most-likely-subject = Cụm có khả năng nhất, chưa vượt ngẫu nhiên
note-clusters-subject = Cách tìm cụm

## The account of incidents, which must add up

method-account-subject = Tính đủ số vụ
method-account = { $incidents } vụ việc = { $terms }.
method-account-of-which = { $incidents } vụ việc, trong đó { $terms }.
method-account-part = Không công bố đủ để cộng thành tổng; đã công bố: { $terms }.
method-account-none = Không công bố.
account-with-point = { $count } có toạ độ
account-by-commune = { $count } chỉ biết xã
account-by-wider-area = { $count } chỉ biết huyện hoặc tỉnh
account-outside = { $count } ngoài địa bàn
account-unplaced = { $count } không rõ nơi
account-district-only = { $count } chỉ hiện từ cấp huyện trở lên

## Notes of comparisons

note-ratio-subject = Tỷ số của hai tỷ suất
note-ratio = Giới hạn có điều kiện chính xác (Clopper–Pearson 1934; Breslow và Day 1987); p hai phía, chính xác, có điều kiện (Przyborowski và Wilenski 1940); q theo Benjamini–Hochberg 1995 trên mọi phép so sánh cùng lúc.
note-finding-subject = Nhận định
note-finding = “Rõ” khi giới hạn không chứa 1 và q ≤ 0,05. “Không khác biệt rõ” không có nghĩa là bằng nhau. Không xếp hạng khu vực, vì thứ hạng không kèm khoảng tin cậy dễ gây hiểu lầm. Số liệu không cho biết nguyên nhân.
note-order-of-periods-subject = Thứ tự hai kỳ
note-order-of-periods = Tỷ số và chênh lệch là kỳ sau so với kỳ trước; tỷ suất tính trên người-năm của từng kỳ.
note-left-out-subject = Nhóm so sánh
note-left-out = Gộp các khu vực khác cùng cấp trong nhóm; không tính chính khu vực được so sánh, để không so sánh nó với chính nó.
