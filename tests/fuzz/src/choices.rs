//! The first bytes of an input choose how the rest is read; the digit `0` chooses what is usual, so that a seed is a
//! file with a few digits before it.

/// The bytes that choose.
#[derive(Debug, Clone, Copy)]
pub struct Choices<const N: usize>([u8; N]);

impl<const N: usize> Choices<N> {
    /// The choices before an input, and the input; none where it is too short.
    pub fn split(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (choices, rest) = bytes.split_first_chunk::<N>()?;
        Some((Self(*choices), rest))
    }

    /// One of some values.
    pub fn of<T: Copy>(&self, place: usize, values: &[T]) -> T {
        values[usize::from(self.0[place].wrapping_sub(b'0')) % values.len()]
    }
}
