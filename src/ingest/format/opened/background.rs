//! Rows that another thread reads: for formats whose readers wait, or may give up in their own way.
//!
//! In: work that sends rows. Out: the rows in order, at most a few of them waiting. When the receiver goes, the work
//! ends at its next row; when the work breaks down, the file is called damaged instead of the program ending.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::ingest::error::ReadError;

/// Rows that wait to be taken.
const WAITING_ROWS: usize = 64;

/// Hands rows to whoever reads them.
pub(in crate::ingest::format) struct RowSender<T>(SyncSender<Result<T, ReadError>>);

impl<T> RowSender<T> {
    /// Gives a row; false when nobody takes it any more.
    pub(in crate::ingest::format) fn give(&self, row: T) -> bool {
        self.0.send(Ok(row)).is_ok()
    }
}

/// Rows of work on another thread.
pub(in crate::ingest::format) struct BackgroundRows<T> {
    file: String,
    receiver: Receiver<Result<T, ReadError>>,
    work: Option<thread::JoinHandle<()>>,
}

impl<T: Send + 'static> BackgroundRows<T> {
    /// Begins work that gives rows.
    pub(in crate::ingest::format) fn new(
        file: &str,
        work: impl FnOnce(&RowSender<T>) -> Result<(), ReadError> + Send + 'static,
    ) -> Self {
        let (sender, receiver) = sync_channel(WAITING_ROWS);
        let work = thread::spawn(move || {
            let sender = RowSender(sender);
            if let Err(fault) = work(&sender) {
                // Nobody is there to hear of the fault when this fails.
                let _ = sender.0.send(Err(fault));
            }
        });
        Self { file: file.to_owned(), receiver, work: Some(work) }
    }

    /// The next row; none at the end.
    pub(in crate::ingest::format) fn next_row(&mut self) -> Result<Option<T>, ReadError> {
        match self.receiver.recv() {
            Ok(row) => row.map(Some),
            Err(_) => match self.work.take().map(thread::JoinHandle::join) {
                Some(Err(_)) => {
                    let what = "it is damaged: its reader gave up".to_owned();
                    Err(ReadError::Unreadable { file: self.file.clone(), what })
                }
                _ => Ok(None),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_in_order_with_the_fault_behind_them() {
        let work = |rows: &RowSender<u32>| {
            assert!((0..1000).all(|row| rows.give(row)));
            Err(ReadError::Empty { file: "f".to_owned() })
        };
        let mut rows = BackgroundRows::new("f", work);
        for row in 0..1000 {
            assert_eq!(rows.next_row().unwrap(), Some(row));
        }
        assert!(matches!(rows.next_row(), Err(ReadError::Empty { .. })));
        assert_eq!(rows.next_row().unwrap(), None);
    }

    #[test]
    fn work_that_breaks_down_is_a_damaged_file() {
        let mut rows = BackgroundRows::<u32>::new("f", |_| panic!("as a test"));
        assert_eq!(
            rows.next_row().unwrap_err().to_string(),
            "f: the file cannot be read: it is damaged: its reader gave up"
        );
    }
}
