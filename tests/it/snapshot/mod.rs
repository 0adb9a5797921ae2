//! The served picture of the editions.

mod editions_agree;
