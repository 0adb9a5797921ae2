# One area's rating as a person would say it. What is hidden is said to be hidden; what does not differ beyond chance
# is said not to differ.

## What was recorded

rating-counts-hidden = { $name }: { $days } số vụ không được công bố.
rating-counts = { $name }: { $days } ghi nhận { $incidents } vụ.
rating-counts-beside-expected = { $name }: { $days } ghi nhận { $incidents } vụ; với số dân này, mức chung của tỉnh là { $expected } vụ.

## Why there is no grade

rating-province = Đây là mức chung để so sánh các khu vực.
rating-no-measure = Chưa có số liệu làm mẫu số (lượng khách hoặc chiều dài đường) nên không xếp loại.
rating-no-population = Chưa có số dân nên không xếp loại.
rating-suppressed = Xếp loại chỉ được công bố từ { $least } vụ trở lên.
rating-withheld = Chưa đủ số liệu để xếp loại: độ tin cậy { $reliability }, cần { $least }.
rating-withheld-likely = Chưa đủ số liệu để xếp loại: độ tin cậy { $reliability }, cần { $least }; khả năng là { $grade }.
rating-withheld-between = Chưa đủ số liệu để xếp loại: độ tin cậy { $reliability }, cần { $least }; có thể từ { $best } đến { $worst }.

## The grade, and the ratio beside the common level

rating-grade = Xếp loại { $grade }.
rating-grade-between = Xếp loại { $grade } (từ { $best } đến { $worst }).
rating-common-level = mức chung của tỉnh
rating-common-level-of-peers = mức chung của nhóm { $peers }
rating-unclear = Không khác biệt rõ so với { $common }.
rating-higher = Tính cả mức độ nghiêm trọng, bằng { $ratio } lần { $common }: cao hơn rõ rệt.
rating-lower = Tính cả mức độ nghiêm trọng, bằng { $ratio } lần { $common }: thấp hơn rõ rệt.
rating-component-left-out = Có thành phần không tính vào xếp loại vì chưa có số liệu làm mẫu số.
