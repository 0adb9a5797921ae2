# Why the service gives no answer: what is wrong with the question and what would be right.

## The service cannot answer now

refusal-not-ready = Dữ liệu đang được nạp; xin thử lại sau giây lát.
refusal-busy = Máy chủ chưa trả lời kịp; xin thử lại sau giây lát.
refusal-internal = Máy chủ gặp lỗi; nguyên nhân đã được ghi vào nhật ký.
