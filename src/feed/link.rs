//! URLs of entries.

use url::Url;

use crate::model::url::{is_web, without_tracking, written};

/// The length of the longest URL, in characters.
pub(super) const LONGEST: usize = 2048;

/// A URL of an entry, or the reason why it is left out.
pub(super) type Address = Result<String, String>;

/// Returns a link as it is written into a catalog: absolute, without user, password and tracking
/// parameters.
///
/// `../n/a?utm_source=rss` in a feed of `https://example.org/news/feed.xml` gives
/// `https://example.org/n/a`.
pub(super) fn address(link: &str, base: Option<&Url>) -> Address {
    // Parsers leave the entity in attributes.
    let link = link.trim().replace("&amp;", "&");
    let absolute = match base.filter(|_| !is_web(&link)) {
        Some(base) => base.join(&link).map_or(link.clone(), |url| url.to_string()),
        None => link.clone(),
    };
    let address = without_tracking(&without_user(&absolute)).into_owned();
    let address = written(&address).into_owned();
    if !is_web(&address) || Url::parse(&address).is_err() {
        return Err(format!("`{}` is not a web address", beginning(&link)));
    }
    if address.chars().count() > LONGEST {
        return Err(format!("`{}` is longer than {LONGEST} characters", beginning(&link)));
    }
    Ok(address)
}

/// Returns the beginning of a text for a message.
fn beginning(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

/// Removes the user and password of a URL: `https://me:x@example.org/a` gives
/// `https://example.org/a`.
fn without_user(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_string();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    format!("{scheme}://{host}{path}")
}
