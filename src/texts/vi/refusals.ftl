# Why the service gives no answer: what is wrong with the question and what would be right.

## The service cannot answer now

refusal-not-ready = Dữ liệu đang được nạp; xin thử lại sau giây lát.
refusal-empty-store = Kho dữ liệu chưa có địa giới: chưa thể phục vụ cho đến khi địa giới được nhập.
refusal-store-gone = Không còn thấy tệp cơ sở dữ liệu của kho: hãy xem ổ đĩa đã được gắn chưa. Máy chủ vẫn trả lời theo số liệu trước đó.
refusal-store-replaced = Ở chỗ cơ sở dữ liệu của kho nay là một tệp khác: hãy khởi động lại máy chủ để dùng tệp đó. Máy chủ vẫn trả lời theo số liệu trước đó.
refusal-store-unreadable = Không đọc được cơ sở dữ liệu của kho; nguyên nhân ghi trong nhật ký. Máy chủ vẫn trả lời theo số liệu trước đó.
refusal-store-slow = Cơ sở dữ liệu của kho không trả lời kịp. Máy chủ vẫn trả lời theo số liệu trước đó.
refusal-store-behind = Kho có thay đổi mà hơn một phút chưa đưa vào phục vụ được; nguyên nhân ghi trong nhật ký.
refusal-not-accounted = Nội dung này chỉ được hiển thị khi lượt xem đã được ghi vào nhật ký truy cập, mà lúc này chưa ghi được; xin thử lại sau giây lát.
refusal-busy = Máy chủ chưa trả lời kịp; xin thử lại sau giây lát.
refusal-internal = Máy chủ gặp lỗi; nguyên nhân đã được ghi vào nhật ký.

## Parameters

refusal-unknown-parameter = Không có tham số “{ $name }”; được dùng: { $allowed }.
refusal-no-parameters = Không có tham số “{ $name }”: địa chỉ này không nhận tham số nào.
refusal-repeated-parameter = Tham số “{ $name }” chỉ được ghi một lần.
refusal-invalid-parameter = Giá trị “{ $value }” của tham số “{ $name }” không dùng được; cần { $expected }.
refusal-window-and-days = Chỉ dùng “window”, hoặc “from” và “to”, không dùng cả hai.
refusal-one-day-only = “from” và “to” phải đi cùng nhau.
refusal-empty-period = Kỳ từ { $from } đến { $to } rỗng: “to” là ngày đầu tiên sau kỳ, phải sau “from”.
refusal-too-many-incidents = Bộ lọc có { $found } vụ; một tệp có nhiều nhất { $most } vụ. Hãy chọn kỳ ngắn hơn, ít loại hơn hoặc khung nhỏ hơn, hoặc đọc từng trang dạng JSON.
refusal-whole-answer = Kết quả trọn vẹn không nhận tham số “{ $name }”.
refusal-box-without-place = Vụ chưa định vị không nằm trong khung nào: chỉ dùng “located=false” hoặc “bbox”.

## What a parameter takes

expected-one-of = một trong: { $known }
expected-utf-8 = dữ liệu UTF-8 đúng, mã hóa phần trăm
expected-date = ngày dạng 2025-12-31
expected-severity = số từ 1 đến 5
expected-edition = bộ địa giới dạng 2025-07
expected-cursor = giá trị lấy từ liên kết “next”

## What no data cover

refusal-not-covered = Không có số liệu vụ việc { $requested }; số liệu có { $covered }.
refusal-periods-not-alike = Hai kỳ không so sánh được: số liệu có { $first } ở kỳ đầu và { $second } ở kỳ sau, dài ngắn khác nhau. Hãy chọn hai kỳ dài bằng nhau trong những ngày có số liệu.
refusal-channels-not-alike = Hai kỳ không so sánh được: nguồn tin { $channels } chỉ có số liệu ở một phần của hai kỳ.

## What a role may not see

refusal-not-released = Công chúng chỉ xem được các kỳ đã công bố (“released”), không lọc tuỳ ý.
refusal-squares = Ô vụ việc chỉ có cho các kỳ { $windows }, với mọi loại hoặc trọn một nhóm ({ $components }), không lọc theo mức độ: bộ lọc khác sẽ làm lộ từng vụ.
refusal-no-release = Chưa có bản công bố nào nên chưa có số liệu cho công chúng: máy chủ tự lập bản đầu tiên khi đến hạn, hoặc lập bằng lệnh “binhyen release make”.
refusal-scheme-not-released = Công chúng chỉ dùng được các thang xếp loại đã công bố: { $released }.
refusal-role-too-low = Vai trò “{ $role }” không được xem nội dung này; cần “{ $needed }”.

## What does not exist

refusal-edition-not-loaded = Bộ địa giới { $edition } chưa được nạp.
refusal-edition-not-among = Bộ địa giới { $edition } chưa được nạp; đang có: { $loaded }.
refusal-no-edition = Chưa có bộ địa giới nào được nạp.
refusal-no-level = Bộ địa giới { $edition } không có cấp “{ $level }”.

## Writing

refusal-too-many-features = Yêu cầu có { $found } đối tượng; mỗi yêu cầu chỉ được { $most }.
refusal-rejected-features = { $rejected } trong { $read } đối tượng không được nhận nên chưa ghi gì cả. Với partial=true thì các đối tượng còn lại được ghi.
refusal-amendment = Nội dung sửa là một đối tượng GeoJSON gồm những gì thay đổi; “{ $what }” không hợp ở đó.
refusal-key-reused = Khoá chống trùng này đã dùng cho một yêu cầu khác trong vòng một ngày: mỗi yêu cầu cần một khoá mới.
refusal-other-version = Vụ việc đã thay đổi từ khi bạn đọc: hãy đọc lại rồi quyết định.
refusal-not-writable = Ổ đĩa của kho dữ liệu đã đầy hoặc chỉ cho đọc: chưa ghi gì cả.
absent-incident = Không có vụ việc nào mang mã đó.
expected-idempotency-key = một khoá duy nhất, nhiều nhất { $most } ký tự ASCII nhìn thấy được
expected-reason = lý do dài từ { $least } đến { $most } ký tự
expected-event-id = mã của một sự kiện từ địa chỉ này
write-no-content-type = Nội dung phải thuộc một trong các kiểu { $accepted }; hãy ghi kiểu trong Content-Type.
write-if-match = Hãy nêu vụ việc ở trạng thái mà bạn biết: gửi thẻ ETag của nó trong If-Match.
