//! Which requests have a line in the log.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::StatusCode;

/// Chooses one request in so many, and every one that the server turned away or could not answer.
#[derive(Debug, Default)]
pub(in crate::http) struct RequestLog {
    one_in: AtomicU32,
    since_last: AtomicU32,
}

impl RequestLog {
    /// One request in so many has a line; 0 for none.
    pub(in crate::http) fn choose_one_in(&self, count: u32) {
        self.one_in.store(count, Ordering::Relaxed);
    }

    /// Whether a request that was answered so has a line.
    pub(in crate::http) fn wants(&self, status: StatusCode) -> bool {
        let one_in = self.one_in.load(Ordering::Relaxed);
        let is_chosen = one_in > 0 && self.since_last.fetch_add(1, Ordering::Relaxed).is_multiple_of(one_in);
        is_chosen || status.is_server_error()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(one_in: u32, status: StatusCode) -> usize {
        let log = RequestLog::default();
        log.choose_one_in(one_in);
        (0..100).filter(|_| log.wants(status)).count()
    }

    #[test]
    fn one_in_so_many_has_a_line_and_failures_all() {
        assert_eq!([0, 1, 10, 33].map(|one_in| lines(one_in, StatusCode::OK)), [0, 100, 10, 4]);
        assert_eq!([0, 10].map(|one_in| lines(one_in, StatusCode::SERVICE_UNAVAILABLE)), [100, 100]);
        assert_eq!(lines(0, StatusCode::TOO_MANY_REQUESTS), 0, "an address over its rate does not fill the log");
    }
}
