# What is said of the effect of a community model: what happened beside what happened elsewhere, never what caused it.

effect-method = So sánh { $days } ngày trước và sau ngày bắt đầu, trong phạm vi mô hình và tại tối đa { $places } nơi cùng nhóm chưa có loại mô hình này, có số vụ trước tương đương. Mô hình thường đặt ở nơi đang nhiều vụ, mà nơi như vậy thường tự giảm (hồi quy về trung bình); chọn nơi có số vụ trước tương đương chỉ bù được một phần. Một nơi so sánh có thể dùng cho nhiều mô hình. Kết quả không nói lên nguyên nhân.

## The counts, and the ratio with its limits

effect-inside = Trong phạm vi mô hình: { $before } vụ trước, { $after } vụ sau.
effect-pooled = Gộp { $models } điểm, { $before } vụ trước.
effect-ratio = tỷ số so với nơi so sánh là { $ratio } ({ $level } %: { $low }–{ $high })

## The verdict

effect-lower = Sau một kỳ, { $ratio }: số vụ giảm nhiều hơn, hoặc tăng ít hơn, các nơi so sánh.
effect-higher = Sau một kỳ, { $ratio }: số vụ giảm ít hơn, hoặc tăng nhiều hơn, các nơi so sánh.
effect-not-clear = Sau một kỳ, { $ratio }: không khác biệt rõ so với các nơi so sánh.

## Why nothing is concluded

effect-no-location = Chưa thể kết luận: không rõ nơi đặt mô hình.
effect-not-covered = Chưa thể kết luận: số liệu vụ việc chưa đủ cả hai kỳ trước và sau.
effect-ended-too-soon = Chưa thể kết luận: mô hình kết thúc trước khi hết kỳ sau.
effect-kind-was-there = Chưa thể kết luận: ở đó đã có mô hình cùng loại.
effect-no-comparison = Chưa thể kết luận: không còn nơi tương đương nào chưa có loại mô hình này.
effect-too-few = Chưa thể kết luận: dưới { $least } vụ trước khi có mô hình, hoặc có kỳ không có vụ nào.

## Models proposed for a review, and why

effect-candidate-weak-reviews = { $count } lần rà soát gần nhất đều yếu ({ $days }).
effect-candidate-good-reviews = { $count } lần rà soát gần nhất đều tốt ({ $days }).
effect-candidate-no-useful-drop = Gộp { $models } điểm cùng loại, { $ratio }; khoảng này không còn chỗ cho mức giảm có ích (tỷ số từ { $useful } trở xuống).
effect-candidate-below-one = Gộp { $models } điểm cùng loại, { $ratio }; khoảng này nằm dưới 1: giảm nhiều hơn, hoặc tăng ít hơn, các nơi so sánh.
effect-candidate-caution = Đây là đề xuất để xem xét, không phải quyết định.
