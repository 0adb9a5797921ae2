# One area's rating as a person would say it. What is hidden is said to be hidden; what does not differ beyond chance
# is said not to differ.

## What was recorded

rating-counts-at-no-such-level = { $name }: các loại vụ việc đang chọn không hiện ở cấp này, với mọi vai trò.
rating-counts-hidden = { $name }: { $days } số vụ không được công bố.
rating-counts = { $name }: { $days } ghi nhận { $incidents } vụ.
rating-detected = Ngoài ra, lực lượng chức năng phát hiện { $incidents } vụ, không tính vào số vụ, tỷ suất và xếp loại.
rating-counts-beside-expected = { $name }: { $days } ghi nhận { $incidents } vụ; với số dân này, mức chung của { $whole } là { $expected } vụ.

## Why there is no grade

rating-province = Đây là mức chung để so sánh các khu vực.
rating-no-measure = Chưa có số liệu làm mẫu số (lượng khách hoặc chiều dài đường) nên không xếp loại.
rating-not-covered = { $name }: { $days } số liệu vụ việc chưa đủ ngày, nên không tính và không xếp loại.
rating-no-population = Chưa có số dân nên không xếp loại.
rating-uncounted = Không có số vụ nên cũng không xếp loại.
rating-suppressed = Xếp loại chỉ được công bố từ { $least } vụ trở lên.
rating-nothing-rated = Không xếp loại: các loại vụ việc đang chọn không được tính vào xếp loại.
rating-no-rated-events = Không xếp loại: trong kỳ, không khu vực nào có vụ việc được tính vào xếp loại.
rating-nothing-expected = Không xếp loại: với mẫu số của khu vực này, mức chung không có vụ nào được tính vào xếp loại.
rating-no-spread = Không xếp loại: các khu vực không khác nhau hơn mức ngẫu nhiên.
rating-single-area = Không xếp loại: chỉ có một khu vực, không có gì để so sánh.
rating-few-areas-published = Không xếp loại: quá ít đơn vị được công bố số vụ nên không so sánh được.
rating-withheld = Chưa đủ số liệu để xếp loại: độ tin cậy { $reliability }, cần { $least }.
rating-withheld-likely = Chưa đủ số liệu để xếp loại: độ tin cậy { $reliability }, cần { $least }; khả năng là { $grade }.
rating-withheld-between = Chưa đủ số liệu để xếp loại: độ tin cậy { $reliability }, cần { $least }; có thể từ { $best } đến { $worst }.

## The grade, and the ratio beside the common level

rating-grade = Xếp loại { $grade }.
rating-grade-between = Xếp loại { $grade } (từ { $best } đến { $worst }).
rating-grade-likely = Xếp loại { $grade }, xác suất { $probability }.
rating-grade-likely-between = Xếp loại { $grade }, xác suất { $probability } (có thể từ { $best } đến { $worst }).
rating-range = Xếp loại trong khoảng { $best }–{ $worst }: chưa loại nào đạt xác suất { $least }.
rating-range-unsaid = Chưa xếp được một loại: chưa loại nào đạt xác suất { $least }.
rating-common-level = mức chung của { $whole }
rating-common-level-of-peers = mức chung của nhóm { $peers }
rating-unclear = Không khác biệt rõ so với { $common }.
rating-higher = Bằng { $ratio } lần { $common }: cao hơn rõ rệt.
rating-higher-by-severity = Tính cả mức độ nghiêm trọng, bằng { $ratio } lần { $common }: cao hơn rõ rệt.
rating-lower = Bằng { $ratio } lần { $common }: thấp hơn rõ rệt.
rating-lower-by-severity = Tính cả mức độ nghiêm trọng, bằng { $ratio } lần { $common }: thấp hơn rõ rệt.
rating-more-but-lighter = Số vụ nhiều hơn mức chung mà tỷ số thấp hơn, vì các vụ ở đây nhẹ hơn hoặc thuộc loại không tính vào xếp loại.
rating-fewer-but-graver = Số vụ ít hơn mức chung mà tỷ số cao hơn, vì các vụ ở đây nghiêm trọng hơn hoặc ít vụ thuộc loại không tính vào xếp loại hơn.
rating-component-left-out = Có thành phần không tính vào xếp loại vì chưa có số liệu làm mẫu số.
