# What is said of the effect of a community model: what happened beside what happened elsewhere, never what caused it.

effect-method = Xem hai kỳ { $days } ngày trước và một kỳ sau ngày bắt đầu, trong phạm vi mô hình và tại tối đa { $places } nơi cùng nhóm chưa có loại mô hình này; mỗi nơi so sánh chỉ dùng cho một mô hình cùng loại. Mô hình thường đặt ở nơi đang nhiều vụ, mà nơi như vậy thường tự giảm (hồi quy về trung bình), nên hai cách so sánh phải cùng cho một kết quả: một cách bỏ qua kỳ liền trước ngày bắt đầu và chọn nơi có số vụ tương đương trong kỳ ấy; cách kia lấy cả hai kỳ trước và chọn nơi có tổng số vụ tương đương. Xét chung mọi loại mô hình, chỉ coi là khác biệt khi tỷ lệ phát hiện sai dưới { $q } %. Loại có dưới { $least } vụ trong phạm vi thì so sánh các xã, phường theo quý: mỗi nơi có mức riêng, mọi nơi chung diễn biến của từng quý. Kết quả không nói lên nguyên nhân.

## The counts, and the ratio with its limits

effect-inside = Trong phạm vi mô hình: { $before } vụ trong kỳ trước kỳ liền trước, { $after } vụ sau.
effect-pooled = Gộp { $models } điểm, { $before } vụ trong kỳ trước kỳ liền trước.
effect-ratio = tỷ số so với nơi so sánh là { $ratio } ({ $level } %: { $low }–{ $high })

effect-communes-why = Trong phạm vi của loại mô hình này trước đó chỉ có { $before } vụ, dưới { $least } vụ, nên so sánh các xã, phường theo quý.
effect-communes = { $communes } xã, phường trong { $quarters } quý; { $switching } nơi có lúc bắt đầu hoặc thôi có loại mô hình này.
effect-communes-ratio = tỷ số giữa tỷ suất và mức dự kiến theo nơi và theo quý là { $ratio } ({ $level } %: { $low }–{ $high })

## The verdict

effect-lower = Sau một kỳ, { $ratio }: số vụ giảm nhiều hơn, hoặc tăng ít hơn, các nơi so sánh.
effect-higher = Sau một kỳ, { $ratio }: số vụ giảm ít hơn, hoặc tăng nhiều hơn, các nơi so sánh.
effect-not-clear = Sau một kỳ, { $ratio }: không khác biệt rõ so với các nơi so sánh.

effect-communes-lower = Khi xã, phường có loại mô hình này, { $ratio }: thấp hơn khi không có.
effect-communes-higher = Khi xã, phường có loại mô hình này, { $ratio }: cao hơn khi không có.
effect-communes-not-clear = Khi xã, phường có loại mô hình này, { $ratio }: không khác biệt rõ so với khi không có.

## Why nothing is concluded

effect-no-location = Chưa thể kết luận: không rõ nơi đặt mô hình.
effect-not-covered = Chưa thể kết luận: số liệu vụ việc chưa đủ hai kỳ trước và kỳ sau.
effect-ended-too-soon = Chưa thể kết luận: mô hình kết thúc trước khi hết kỳ sau.
effect-kind-was-there = Chưa thể kết luận: ở đó đã có mô hình cùng loại.
effect-no-comparison = Chưa thể kết luận: không còn nơi tương đương nào chưa có loại mô hình này.
effect-too-few = Chưa thể kết luận: dưới { $least } vụ trước khi có mô hình, hoặc có kỳ không có vụ nào.

effect-too-few-communes = Chưa thể kết luận: trong thời gian có số liệu, loại mô hình này bắt đầu hoặc thôi hoạt động ở dưới { $least } xã, phường có vụ việc.

## Models proposed for a review, and why

effect-candidate-weak-reviews = { $count } lần rà soát gần nhất đều yếu ({ $days }).
effect-candidate-good-reviews = { $count } lần rà soát gần nhất đều tốt ({ $days }).
effect-candidate-no-useful-drop = Gộp { $models } điểm cùng loại, { $ratio }; khoảng này không còn chỗ cho mức giảm có ích (tỷ số từ { $useful } trở xuống).
effect-candidate-below-one = Gộp { $models } điểm cùng loại, { $ratio }; khoảng này nằm dưới 1: giảm nhiều hơn, hoặc tăng ít hơn, các nơi so sánh.
effect-candidate-communes-above-one = Xét theo xã, phường, { $ratio }; khoảng này nằm trên 1: khi có loại mô hình này số vụ nhiều hơn khi không có.
effect-candidate-communes-below-one = Xét theo xã, phường, { $ratio }; khoảng này nằm dưới 1: khi có loại mô hình này số vụ ít hơn khi không có.
effect-candidate-caution = Đây là đề xuất để xem xét, không phải quyết định.
