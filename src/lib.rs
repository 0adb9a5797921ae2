//! Bình Yên: a safety map of Quảng Nam.
