# Clusters above the common level: what was found, and how.

clusters-label = Cụm { $number }: { $observed } vụ, mong đợi { $expected }, p = { $p }
clusters-some = { $count ->
   *[other] Có { $count } cụm cao hơn mức chung, rõ hơn ngẫu nhiên (p ≤ { $level }).
}
clusters-none = Không có cụm nào vượt mức ngẫu nhiên (p ≤ { $level }).
clusters-too-few-incidents = Không xét cụm: trong các khu vực có số dân chỉ có dưới 2 vụ.
clusters-no-zone = Không xét cụm: cấp này chỉ có một khu vực, hoặc một khu vực chiếm gần hết số dân.
clusters-method = Cụm cao hơn mức chung: quét không gian Kulldorff (mô hình Poisson), vùng quét lớn dần quanh từng khu vực, không quá một nửa số người-năm; p từ { $replicas } bản đồ ngẫu nhiên có cùng tổng số vụ (số gieo { $seed }). Cụm không giải thích nguyên nhân.
