//! Proxies, as the variables of the environment name them.

/// The values of the proxy variables. Empty values are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// The proxy for http, from `http_proxy` or `HTTP_PROXY`.
    pub http: Option<String>,
    /// The proxy for https, from `https_proxy` or `HTTPS_PROXY`.
    pub https: Option<String>,
    /// The proxy for both, from `all_proxy` or `ALL_PROXY`.
    pub all: Option<String>,
    /// Hosts that are connected to without a proxy, divided by commas, from `no_proxy` or
    /// `NO_PROXY`.
    pub none: Option<String>,
}

impl Proxies {
    /// Returns the proxy for a scheme, `http` or `https`.
    pub fn of(&self, scheme: &str) -> Option<&str> {
        let own = if scheme == "https" { &self.https } else { &self.http };
        own.as_deref().or(self.all.as_deref())
    }

    /// Returns the hosts without a proxy.
    pub fn exceptions(&self) -> impl Iterator<Item = &str> {
        let hosts = self.none.as_deref().unwrap_or_default().split(',');
        hosts.map(str::trim).filter(|host| !host.is_empty())
    }
}
