# The kinds of problem of RFC 9457 and what each means.

## Title and meaning of each kind

problem-unknown-parameter = Tham số không tồn tại
problem-unknown-parameter-summary = Địa chỉ không có tham số này.
problem-repeated-parameter = Tham số bị lặp
problem-repeated-parameter-summary = Mỗi tham số chỉ được ghi một lần.
problem-invalid-parameter = Giá trị tham số không hợp lệ
problem-invalid-parameter-summary = Giá trị của tham số không dùng được.
problem-conflicting-parameters = Các tham số mâu thuẫn
problem-conflicting-parameters-summary = Các tham số loại trừ nhau hoặc thiếu nhau.
problem-bad-tile-address = Địa chỉ ô bản đồ sai
problem-bad-tile-address-summary = Không ô bản đồ nào có địa chỉ này.
problem-not-released = Chưa công bố
problem-not-released-summary = Công chúng chỉ xem được các kỳ đã công bố.
problem-not-covered = Không có số liệu
problem-not-covered-summary = Kỳ được hỏi không có ngày nào thuộc các ngày đã có số liệu vụ việc.
problem-invalid-token = Mã truy cập không hợp lệ
problem-invalid-token-summary = Mã truy cập sai hoặc không dùng được ở đây.
problem-token-expired = Mã truy cập đã hết hạn
problem-token-expired-summary = Mã truy cập từng có hiệu lực nay đã hết hạn; hãy xin mã mới ở nơi đã cấp, hoặc đăng nhập lại.
problem-token-not-yet-valid = Mã truy cập chưa có hiệu lực
problem-token-not-yet-valid-summary = Mã truy cập chỉ có hiệu lực từ một thời điểm sau.
problem-no-role = Chưa được cấp vai trò
problem-no-role-summary = Bạn đã đăng nhập, nhưng tài khoản chưa được cấp vai trò nào của bản đồ này; hãy liên hệ người quản lý tài khoản.
problem-provider-away = Tạm thời chưa đăng nhập được
problem-provider-away-summary = Chưa kết nối được với hệ thống đăng nhập nên chưa kiểm tra được phiên đăng nhập; mã truy cập vẫn dùng được.
problem-token-needed = Cần mã truy cập
problem-token-needed-summary = Nội dung này không công khai.
problem-role-too-low = Vai trò không đủ quyền
problem-role-too-low-summary = Vai trò này không được xem nội dung này.
problem-not-found = Không tìm thấy
problem-not-found-summary = Không có gì ở địa chỉ này.
problem-method-not-allowed = Phương thức không được dùng
problem-method-not-allowed-summary = Địa chỉ này không nhận phương thức này; xem tiêu đề Allow.
problem-not-acceptable = Không có định dạng phù hợp
problem-not-acceptable-summary = Không có định dạng nào mà máy khách chấp nhận.
problem-not-offered = Máy chủ này không cung cấp
problem-not-offered-summary = Máy chủ này không cung cấp nội dung được hỏi.
problem-too-large = Nội dung gửi lên quá lớn
problem-too-large-summary = Nội dung gửi lên vượt giới hạn.
problem-address-too-long = Địa chỉ quá dài
problem-address-too-long-summary = Địa chỉ vượt giới hạn.
problem-address-too-long-limit = Địa chỉ quá dài: nhiều nhất { $most } byte kể từ dấu / đầu tiên, sau khi mã hóa phần trăm.
problem-too-many-requests = Quá nhiều yêu cầu
problem-too-many-requests-summary = Địa chỉ này gửi nhiều yêu cầu hơn mức máy chủ trả lời cho một máy khách; hãy chờ số giây ghi trong tiêu đề Retry-After.
problem-not-ready = Máy chủ đang khởi động
problem-not-accounted = Chưa ghi được nhật ký truy cập
problem-busy = Máy chủ đang bận
problem-internal = Lỗi máy chủ
problem-bad-request = Yêu cầu không hợp lệ
problem-bad-request-summary = Không đọc được yêu cầu.
problem-invalid-field = Trường không dùng được
problem-invalid-field-summary = Một trường của nội dung gửi lên bị thiếu, không được biết hoặc có giá trị không dùng được; “field” nêu tên trường.
problem-invalid-signature = Chữ ký không được chấp nhận
problem-invalid-signature-summary = Tin của máy chủ khác không được ký theo quy tắc của kênh, hoặc đã ký quá lâu.
problem-conflict = Đã có người làm trước
problem-conflict-summary = Nội dung cần thay đổi đã được người khác thay đổi, hoặc đang có người khác xem.
problem-outdated = Đã thay đổi
problem-outdated-summary = “If-Match” nêu một phiên bản không còn là phiên bản hiện tại: hãy xem lại rồi quyết định.
problem-precondition-required = Thiếu phiên bản
problem-precondition-required-summary = Khi thay đổi phải nêu phiên bản đã xem, trong tiêu đề “If-Match”.
problem-unsupported-media = Không đọc được kiểu nội dung
problem-unsupported-media-summary = Nội dung gửi lên không thuộc kiểu mà địa chỉ này đọc.

## What is wrong with this request

problem-token-needed-role = Nội dung này cần mã truy cập với vai trò “{ $role }”.
problem-bad-tile-address-reason = Không có ô bản đồ nào ở địa chỉ { $address }: { $reason }.
problem-stopping = Máy chủ sắp dừng, chỉ trả lời nốt các yêu cầu đã nhận.
problem-invalid-token-remedy = Mã truy cập sai, không tồn tại hoặc không dùng được ở đây. Bỏ tiêu đề Authorization để xem phần công khai.
problem-not-acceptable-offer = Chỉ có các định dạng: { $offered }.

## Writing

problem-rejected-features = Có đối tượng bị từ chối
problem-rejected-features-summary = Một số đối tượng trong yêu cầu không được nhận nên chưa ghi gì cả; danh sách nêu từng đối tượng, trường sai và lý do.
problem-key-reused = Khoá đã dùng cho yêu cầu khác
problem-not-writable = Không ghi được vào kho dữ liệu
