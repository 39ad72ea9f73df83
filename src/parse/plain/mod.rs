//! Fast readers of plain text, which is most of what people write.
//!
//! Each of them reads one form in one pass, and returns `None` for everything else, which is then
//! read by the complete parser. A property test compares each with the complete parser: where a fast
//! reader returns a result, both return the same.

pub(super) mod blocks;
mod bullet;
mod bytes;
mod lines;

pub(super) use bullet::read_bullet;
pub(super) use lines::{Line, lines};
