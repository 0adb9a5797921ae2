# Điều mà `binhyen audit verify` tìm thấy.

audit-intact = Nhật ký truy cập còn nguyên vẹn: { $lines } dòng. Nhật ký kết thúc ở { $end }; hãy ghi lại ở nơi khác để sau này đối chiếu.
audit-line-changed = Dòng { $line } của nhật ký truy cập đã bị sửa: nội dung không khớp mã băm.
audit-line-missing = Nhật ký truy cập thiếu dòng { $line }.
audit-line-reordered = Các dòng của nhật ký truy cập bị đổi thứ tự: nội dung của dòng { $line } nằm ở dòng { $place }.
audit-line-unconnected = Dòng { $line } của nhật ký truy cập không nối tiếp dòng trước: một trong hai dòng bị chèn vào hoặc bị tráo.
audit-cut-unwitnessed = Nhật ký truy cập bắt đầu sau dòng { $line } nhưng không dòng nào ghi rằng các dòng đến đó đã được xóa theo hạn: người khác đã xóa chúng.
audit-line-not-held = Dòng { $line } của nhật ký truy cập không phải dòng đã được ghi lại ở nơi khác: nhật ký đã bị viết lại.
