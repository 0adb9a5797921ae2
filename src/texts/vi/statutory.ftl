# The statutory reading: what is found about a criterion, and the evidence beside it.

## A criterion

statutory-met = đạt
statutory-not-met = không đạt
statutory-no-data = chưa có dữ liệu
statutory-not-applicable = không áp dụng

## The incidents of a window and of the one before

statutory-change-within-chance = { $now } vụ, kỳ trước { $before } vụ: nằm trong dao động ngẫu nhiên (p = { $p }).
statutory-change-down = { $now } vụ, kỳ trước { $before } vụ: giảm rõ (p = { $p }).
statutory-change-up = { $now } vụ, kỳ trước { $before } vụ: tăng rõ (p = { $p }).
