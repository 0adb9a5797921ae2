# What can and what cannot be concluded from a comparison. No text names a cause, and none takes
# "not clearly different" for "the same".

comparison-no-cause = Số liệu này không cho biết nguyên nhân.
comparison-season = Hai kỳ không trùng thời gian trong năm, nên chênh lệch cũng có thể do mùa.

## The ratio with its limits

comparison-times = bằng { $ratio } lần, khoảng tin cậy 95 % từ { $low } đến { $high }
comparison-times-open = chưa tính được tỷ số, giới hạn dưới 95 % là { $low } lần
comparison-doubt = { $times }, chênh lệch có thể do ngẫu nhiên
comparison-doubt-of-many = { $times }, nhưng khi so sánh cùng lúc nhiều khu vực, chênh lệch như vậy có thể do ngẫu nhiên (q = { $q })

## Two areas

comparison-pair-hidden = Chưa so sánh được { $first } với { $second }: số liệu không được công bố hoặc chưa có.
comparison-pair-unclear = { $first } và { $second } không khác biệt rõ; { $doubt }.
comparison-pair-higher = Tỷ suất của { $first } cao hơn rõ so với { $second }: { $times }. { comparison-no-cause }
comparison-pair-lower = Tỷ suất của { $first } thấp hơn rõ so với { $second }: { $times }. { comparison-no-cause }

## One area in two periods

comparison-change-hidden = { $name }: chưa so sánh được hai kỳ, vì số liệu không được công bố.
comparison-change-counts = { $name }: { $first_days } có { $first } vụ, { $second_days } có { $second } vụ.
comparison-change-empty = Cả hai kỳ không ghi nhận vụ nào: chưa thể kết luận là tăng hay giảm.
comparison-change-no-population = Chưa so sánh được tỷ suất, vì chưa có số dân.
comparison-change-unclear = Không khác biệt rõ: { $doubt }; cũng chưa thể kết luận là không thay đổi.
comparison-change-rose = Tỷ suất tăng rõ, kỳ sau so với kỳ trước: { $times }. { comparison-no-cause }
comparison-change-fell = Tỷ suất giảm rõ, kỳ sau so với kỳ trước: { $times }. { comparison-no-cause }

## An area and the rest of a group

comparison-rest = { $areas } khu vực còn lại của { $group }
comparison-rest-higher = Tỷ suất của { $name } cao hơn rõ so với { $others }: { $times }. { comparison-no-cause }
comparison-rest-lower = Tỷ suất của { $name } thấp hơn rõ so với { $others }: { $times }. { comparison-no-cause }
