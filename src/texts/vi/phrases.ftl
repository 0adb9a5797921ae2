# Parts of other texts.

days-from-to = từ { $from } đến { $last }
residents-base-none = chưa có số dân
residents-base-year = dân số { $year }
residents-base-interpolated = dân số { $first }–{ $last }, nội suy đến giữa kỳ
residents-base-nearest = dân số của năm gần giữa kỳ nhất, { $first }–{ $last }
coverage-of-incidents = Số liệu vụ việc { $days }.
period-cut = Chỉ tính { $counted }, là những ngày có số liệu vụ việc; kỳ được hỏi: { $requested }.
edition-without-name = Địa giới { $id }
release-of-day = Bản công bố số { $number }, ngày { $day }
