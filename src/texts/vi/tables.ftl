# Titles, headings and notes of exported tables.

## Titles of workbooks

title-ratings = Xếp loại an ninh, trật tự theo khu vực
title-clusters = Cụm cao hơn mức chung
title-explanation = Vì sao { $name } có xếp loại này
title-series = Số vụ và tỷ suất theo thời gian
title-beside = So sánh các khu vực
title-two-periods = So sánh hai kỳ
title-against = So sánh khu vực với nhóm

## Names of sheets: a spreadsheet allows them 31 characters

sheet-ratings = Xếp loại
sheet-clusters = Cụm
sheet-numbers = Từng con số
sheet-classes = Thành phần
sheet-series = Theo thời gian
sheet-pairs = Từng cặp
sheet-areas = Khu vực
sheet-two-periods = Hai kỳ
sheet-against = So với nhóm
sheet-method = Phương pháp

## Headings: what a row is about

column-code = Mã
column-name = Tên
column-first-code = Mã thứ nhất
column-first-name = Khu vực thứ nhất
column-second-code = Mã thứ hai
column-second-name = Khu vực thứ hai
column-group = Nhóm so sánh
column-group-areas = Số khu vực khác trong nhóm
column-partial = Chưa trọn
column-item = Đại lượng
column-component = Thành phần
column-severity = Mức độ
column-value = Giá trị
column-words = Diễn giải

## Headings: what is measured in an area and a period

column-from = Từ ngày
column-to = Trước ngày
column-incidents = Số vụ
column-residents = Số dân
column-person-years = Người-năm
column-rate = Tỷ suất (trên 100.000 người-năm)
column-rate-low = Tỷ suất, giới hạn dưới 95 %
column-rate-high = Tỷ suất, giới hạn trên 95 %

## The same headings for one of two sides

column-of-first-period = { $heading }, kỳ trước
column-of-second-period = { $heading }, kỳ sau
column-of-area = { $heading }, khu vực
column-of-other-areas = { $heading }, các khu vực khác

## Headings: the difference of two rates

column-rate-difference = Chênh lệch tỷ suất
column-rate-ratio = Tỷ số của các tỷ suất
column-ratio-low = Tỷ số, giới hạn dưới { $level } %
column-ratio-high = Tỷ số, giới hạn trên { $level } %
column-p = p
column-q = q (đã tính nhiều phép so sánh)
column-finding = Nhận định

## Headings: clusters

column-cluster = Cụm
column-centre = Mã khu vực ở tâm
column-centre-name = Khu vực ở tâm
column-areas = Số khu vực
column-codes = Mã các khu vực, từ tâm ra
column-names = Các khu vực, từ tâm ra
column-expected = Số vụ theo mức chung
column-relative-risk = Tỷ suất trong cụm so với bên ngoài
column-axis-ratio = Trục dài so với trục ngắn
column-axis-degrees = Hướng trục dài (độ, từ đông sang bắc)
column-log-likelihood-ratio = Logarit tỷ số hợp lý
column-statistic = Thống kê sau khi trừ phạt hình elip
column-gumbel-p = p theo phân phối Gumbel

## Lines of an explanation

item-area = Khu vực
item-sentence = Kết luận
item-grade = Xếp loại
item-grade-best = Xếp loại tốt nhất có thể
item-grade-worst = Xếp loại kém nhất có thể
item-population = Số dân
item-years = Số năm của kỳ
item-person-years = Người-năm
item-observed = Số vụ ghi nhận
item-detected = Số vụ do lực lượng chức năng phát hiện
item-expected = Số vụ theo mức chung
item-unweighted-ratio = Tỷ số không trọng số
item-unweighted-low = Tỷ số không trọng số, giới hạn dưới 95 %
item-unweighted-high = Tỷ số không trọng số, giới hạn trên 95 %
item-score = Điểm có trọng số S
item-expected-score = Điểm kỳ vọng S_E
item-raw-ratio = Tỷ số thô S/S_E
item-dispersion = Hệ số phân tán φ
item-effective-count = Số vụ hiệu dụng S/φ
item-effective-expected = Kỳ vọng hiệu dụng S_E/φ
item-prior-mean = Trung bình tiên nghiệm b
item-prior-variance = Phương sai tiên nghiệm a
item-posterior-shape = Hậu nghiệm gamma, tham số hình dạng
item-posterior-rate = Hậu nghiệm gamma, tham số tốc độ
item-ratio = Tỷ số nguy cơ, trung vị
item-ratio-low = Tỷ số nguy cơ, đầu dưới
item-ratio-high = Tỷ số nguy cơ, đầu trên
item-interval = Xác suất trong khoảng
item-prob-above-1 = Xác suất cao hơn mức chung
item-prob-letter = Xác suất đúng loại
item-min-letter-probability = Xác suất tối thiểu để nêu một loại
item-reliability = Độ tin cậy
item-min-reliability = Độ tin cậy tối thiểu
item-band-a = Cận trên của A
item-band-b = Cận trên của B
item-band-c = Cận trên của C
item-band-d = Cận trên của D

## Numbers of a class of incidents, as lines and as headings

class-weight = Trọng số
class-exposure = Mẫu số (người-năm hoặc km-năm)
class-rate-per-person-year = Tỷ suất chung (mỗi người-năm)
class-rate-per-km-year = Tỷ suất chung (mỗi km-năm)
class-observed = Số vụ ghi nhận
class-expected = Số vụ kỳ vọng
class-contribution = Đóng góp vào tỷ số trừ 1
