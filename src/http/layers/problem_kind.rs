//! The kinds of problem: their names in addresses, their titles, what they mean.

use crate::service::error::{BUSY, INTERNAL, NOT_READY};

/// A text in both languages that never changes.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct BilingualStr {
    pub(in crate::http) vi: &'static str,
    pub(in crate::http) en: &'static str,
}

/// One kind of problem: its name in addresses, its status, its title, what it means.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct ProblemKind {
    pub(in crate::http) name: &'static str,
    pub(in crate::http) title: BilingualStr,
    pub(in crate::http) summary: BilingualStr,
}

const fn kind(name: &'static str, title: BilingualStr, summary: BilingualStr) -> ProblemKind {
    ProblemKind { name, title, summary }
}

const fn text(vi: &'static str, en: &'static str) -> BilingualStr {
    BilingualStr { vi, en }
}

/// Every kind of problem.
pub(in crate::http) const PROBLEM_KINDS: &[ProblemKind] = &[
    kind(
        "unknown-parameter",
        text("Tham số không tồn tại", "Unknown parameter"),
        text("Địa chỉ không có tham số này.", "The address has no such parameter."),
    ),
    kind(
        "repeated-parameter",
        text("Tham số bị lặp", "Repeated parameter"),
        text("Mỗi tham số chỉ được ghi một lần.", "Each parameter may be given only once."),
    ),
    kind(
        "invalid-parameter",
        text("Giá trị tham số không hợp lệ", "Invalid parameter"),
        text("Giá trị của tham số không dùng được.", "The value of a parameter cannot be used."),
    ),
    kind(
        "conflicting-parameters",
        text("Các tham số mâu thuẫn", "Conflicting parameters"),
        text("Các tham số loại trừ nhau hoặc thiếu nhau.", "Some parameters exclude or need one another."),
    ),
    kind(
        "bad-tile-address",
        text("Địa chỉ ô bản đồ sai", "Bad tile address"),
        text("Không ô bản đồ nào có địa chỉ này.", "No tile can have this address."),
    ),
    kind(
        "not-released",
        text("Chưa công bố", "Not released"),
        text("Công chúng chỉ xem được các kỳ đã công bố.", "The public sees released windows only."),
    ),
    kind(
        "invalid-token",
        text("Mã truy cập không hợp lệ", "Invalid token"),
        text("Mã truy cập sai hoặc không dùng được ở đây.", "The token is unknown or not valid here."),
    ),
    kind(
        "token-needed",
        text("Cần mã truy cập", "Token needed"),
        text("Nội dung này không công khai.", "This is not public."),
    ),
    kind(
        "role-too-low",
        text("Vai trò không đủ quyền", "Role too low"),
        text("Vai trò này không được xem nội dung này.", "The role may not see this."),
    ),
    kind(
        "not-found",
        text("Không tìm thấy", "Not found"),
        text("Không có gì ở địa chỉ này.", "There is nothing at this address."),
    ),
    kind(
        "method-not-allowed",
        text("Phương thức không được dùng", "Method not allowed"),
        text(
            "Địa chỉ này không nhận phương thức này; xem tiêu đề Allow.",
            "The address does not take the method; see the Allow header.",
        ),
    ),
    kind(
        "not-acceptable",
        text("Không có định dạng phù hợp", "Not acceptable"),
        text("Không có định dạng nào mà máy khách chấp nhận.", "No offered media type is accepted."),
    ),
    kind(
        "not-offered",
        text("Máy chủ này không cung cấp", "Not offered"),
        text("Máy chủ này không cung cấp nội dung được hỏi.", "This server does not offer what was requested."),
    ),
    kind(
        "too-large",
        text("Nội dung gửi lên quá lớn", "Request too large"),
        text("Nội dung gửi lên vượt giới hạn.", "The body of the request is over the limit."),
    ),
    kind(
        "address-too-long",
        text("Địa chỉ quá dài", "Address too long"),
        text("Địa chỉ vượt giới hạn.", "The address is over the limit."),
    ),
    kind("not-ready", text("Máy chủ đang khởi động", "Not ready"), text(NOT_READY.0, NOT_READY.1)),
    kind("busy", text("Máy chủ đang bận", "Busy"), text(BUSY.0, BUSY.1)),
    kind("internal", text("Lỗi máy chủ", "Internal error"), text(INTERNAL.0, INTERNAL.1)),
    kind(
        "bad-request",
        text("Yêu cầu không hợp lệ", "Bad request"),
        text("Không đọc được yêu cầu.", "The request cannot be read."),
    ),
];

/// The kind of a name.
pub(in crate::http) fn kind_of(name: &str) -> Option<&'static ProblemKind> {
    PROBLEM_KINDS.iter().find(|kind| kind.name == name)
}

/// What a kind means.
pub(in crate::http) fn summary(name: &str) -> BilingualStr {
    kind_of(name).map_or(BilingualStr { vi: "", en: "" }, |kind| kind.summary)
}
