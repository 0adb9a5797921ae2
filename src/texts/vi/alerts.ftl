# What is out of the ordinary: alerts with their reasons, and the last days.

alert-all-incidents = tất cả vụ việc được báo
alert-reason-series = { $place }, { $days }: { $observed } vụ ({ $part }); thường khoảng { $expected }, đến { $limit } vụ vẫn là mức thường. Do ngẫu nhiên, một bước như vậy chỉ gặp trong { $odds }.
alert-reason-short = { $place }, { $days }: { $observed } vụ ({ $part }); bảy tuần trước đó trung bình { $expected } vụ. Chưa đủ năm trước để so cùng mùa; do ngẫu nhiên chỉ gặp trong { $odds }.
alert-reason-cluster = { $place }, { $days }: { $observed } vụ gần nhau về nơi và ngày; theo mức của các xã và các ngày thì chỉ khoảng { $expected }. Do ngẫu nhiên chỉ gặp trong { $odds } lần quét.
alert-odds = 1 trên { $times }
alert-odds-more = 1 trên hơn { $times }
alert-communes = { $first } và { $others } xã, phường lân cận
alert-incomplete = Báo cáo của những ngày này còn có thể đến thêm.
alerts-none = Trong mức thường.
alerts-some = { $count ->
   *[other] { $count } cảnh báo còn hiệu lực.
}
alerts-method = Mỗi tuần và mỗi tháng đã trọn của tỉnh, huyện (huyện cũ) và nhóm xã được so với cùng mùa của tối đa năm năm trước (Farrington cải tiến); mỗi tuần các xã được quét một lần theo nơi và ngày. Tất cả { $series } dãy số và phép quét gộp lại: trung bình nhiều nhất { $rate } báo động nhầm mỗi quý nếu không có gì khác thường. Không báo động theo thời gian cho riêng một xã.
situation-usual = Trong mức thường.
situation-more = { $count ->
   *[other] { $count } con số cao hơn mức thường.
}
situation-fewer = { $count ->
   *[other] { $count } con số thấp hơn mức thường.
}
situation-more-and-fewer = { $more } con số cao hơn, { $fewer } con số thấp hơn mức thường.
situation-no-days = Dữ liệu chưa đủ số ngày này: chưa nói được.
situation-no-years = Chưa có năm trước để biết mức thường.
situation-ends-before = Dữ liệu đến hết ngày { $last }; những ngày sau đó chưa biết, nên các ngày nói ở đây là những ngày cuối có dữ liệu.
situation-incomplete = Từ ngày { $from } báo cáo còn có thể đến thêm: số đang có là ít nhất.
situation-method = Mức thường: các ngày cùng thứ của { $years } năm trước và { $band } tuần trước, sau; khoảng dự báo hai phía (nhị thức âm). Các khoảng của một cấp cùng đúng với xác suất { $range }.
refusal-no-alert = Không có cảnh báo số { $number }.
expected-alert-number = số của một cảnh báo, ví dụ 12
expected-alert-note = một đối tượng JSON có “text” là lời ghi, dài nhất { $most } ký tự, không có ký tự điều khiển
alerts-feed-title = Bình Yên: cảnh báo
alert-title-week = Tuần
alert-title-month = Tháng
alert-title-cluster = Cụm
