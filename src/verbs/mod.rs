//! What a person, or an agent beside one, does to a workspace between two scans. Each verb turns words
//! into changes of one or more files, or refuses politely what makes no sense. Pure: nothing is
//! written here.

mod add;
mod attest;
mod deed;
mod desk;
mod draft;
pub mod draft_path;
mod hold;
mod level;
mod map;
mod new;
mod read;
mod settle;
mod status;

pub use add::{NewItem, add, list};
pub use attest::{Attestation, attest};
pub use deed::{Deed, NewFile, NewFileKind, Refused};
pub use desk::Desk;
pub use draft::{DraftRequest, draft};
pub use hold::{HoldRequest, Until, hold, release};
pub use level::{Direction, LevelRequest, set_level};
pub use map::{map, unmap};
pub use new::{NewThread, free_slug, new};
pub use read::{ReadRequest, read};
pub use settle::{Settled, settled};
pub use status::set_status;
